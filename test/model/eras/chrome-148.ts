/**
 * Chrome 148: TcpConnectJob (HEv2). The first connector meets a black hole on IPv6; after 300 ms the
 * second one takes IPv4. The connect job asks for service endpoints: a look-up without BEGIN or END.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import {
  A, AAAA, answer, asksPool, connected, connectJob, connectorAttempt, controlled, data, handedOver, HTTPS, noData, query, request, resolverJob,
  secured, served, streamJob,
} from './parts.ts';

const page = ['URL_REQUEST', 701] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 702] as const;
const job = ['HTTP_STREAM_JOB', 703] as const;
const sslJob = ['SSL_CONNECT_JOB', 704] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 705] as const;
const [txHttps, txAaaa, txA] = [['DNS_TRANSACTION', 706], ['DNS_TRANSACTION', 708], ['DNS_TRANSACTION', 710]] as const;
const [udpHttps, udpAaaa, udpA] = [['UDP_SOCKET', 707], ['UDP_SOCKET', 709], ['UDP_SOCKET', 711]] as const;
const first = ['SOCKET', 712] as const;
const second = ['SOCKET', 713] as const;

const log = timeline({ chrome: '148' })
  .also(request(0, page))
  .also(controlled(0, page, controller))
  .also(streamJob(0, controller, job, 'main'))
  .also(asksPool(0, job))
  .also(connectJob(0, sslJob, 'TCP'))
  .at(0, ...sslJob, 'HOST_RESOLVER_MANAGER_IPV6_REACHABILITY_CHECK', 'NONE', { cached: true, ipv6_available: true })
  .at(0, ...sslJob, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED', 'NONE', { tasks: [4, 9, 1, 0] })
  .also(resolverJob(0, sslJob, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 'HTTPS' }, { dns_query_type: 'AAAA' }, { dns_query_type: 'A' }] })
  .also(query(0, resolver, txHttps, udpHttps, HTTPS))
  .also(query(0, resolver, txAaaa, udpAaaa, AAAA))
  .also(query(0, resolver, txA, udpA, A))
  .also(answer(17, txHttps, udpHttps, 0))
  .at(17, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [noData('HTTPS')] })
  .also(answer(18, txAaaa, udpAaaa))
  .at(18, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('AAAA', [V6])] })
  .also(answer(22, txA, udpA))
  .at(22, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('A', [V4])] })
  .at(22, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'END', { results: [noData('HTTPS'), data('UNSPECIFIED', [V6, V4])] })
  .at(22, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .also(connectorAttempt(22, sslJob, first, V6_443, 'first'))
  .at(322, ...sslJob, 'TCP_CONNECT_JOB_CREATE_SECOND_CONNECTOR')
  .also(connectorAttempt(322, sslJob, second, V4_443, 'second'))
  .also(connected(340, second, '192.0.2.200:40148', V4_443))
  .at(340, ...sslJob, 'TCP_CONNECT_JOB_CONNECTOR_CONNECT_COMPLETE', 'NONE', { connector: 'second' })
  .at(340, ...sslJob, 'TCP_CONNECT_JOB_VERIFY_IP_ENDPOINT_USABLE', 'NONE', { connector: 'second', is_usable: true })
  .at(340, ...sslJob, 'TCP_CONNECT_JOB_CONNECTOR_DONE', 'NONE', { connector: 'second' })
  .at(340, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(second))
  .at(340, ...first, 'SOCKET_ALIVE', 'END')
  .at(340, ...sslJob, 'TCP_CONNECT_JOB_CONNECT', 'END')
  .at(340, ...sslJob, 'SSL_CONNECT_JOB_SSL_CONNECT', 'NONE', { ech_config_list: '', ech_enabled: true })
  .also(secured(340, 382, second))
  .also(handedOver(382, sslJob, second, job))
  .also(served(382, page, job));

export const chrome148: Era = {
  chrome: '148',
  about: 'two connectors of TcpConnectJob',
  log,
  resolutions: [
    {
      id: 705,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 22,
      durationMs: 22,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { type: 'HTTPS', startMs: 0, endMs: 17, outcome: 'ok', rcode: 'NOERROR' },
        { type: 'AAAA', startMs: 0, endMs: 18, outcome: 'ok', rcode: 'NOERROR' },
        { type: 'A', startMs: 0, endMs: 22, outcome: 'ok', rcode: 'NOERROR' },
      ],
    },
  ],
  race: {
    id: 704,
    engine: 'hev2',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 382,
    durationMs: 382,
    outcome: 'connected',
    resolutionIds: [705],
    requestIds: [701],
    attempts: [
      { id: 712, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', connector: 'first', startMs: 22, endMs: 340, outcome: 'cancelled' },
      {
        id: 713,
        transport: 'tcp',
        ipEndpoint: V4_443,
        localEndpoint: '192.0.2.200:40148',
        family: 'ipv4',
        connector: 'second',
        startMs: 322,
        connectedMs: 340,
        secureStartMs: 340,
        endMs: 382,
        outcome: 'won',
      },
    ],
    winner: { attemptId: 713, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: false },
  },
};
