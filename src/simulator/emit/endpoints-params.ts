/**
 * `endpoints` of the resolver's and the attempt manager's events: what may be connected to, in order of trial.
 * Addresses are in the order of the answers; that of trying them is the race's.
 */
import type { EventParams } from '../../netlog/event.ts';
import type { AddressState, Service, ServiceView } from '../../engine/svcb/service.ts';

/** Services without an address are none to connect to. */
export function endpointsParams({ services }: ServiceView): readonly EventParams[] {
  return services.filter(({ ipv4, ipv6 }) => ipv4.state === 'positive' || ipv6.state === 'positive').map(endpointParams);
}

/** `metadata`: empty for what is known by no record. */
export function metadataParams(service: Service | undefined): EventParams {
  if (service?.kind !== 'service-record') return { ech_config_list: '', supported_protocol_alpns: [] };
  return { ech_config_list: service.ech ?? '', supported_protocol_alpns: [...service.quic, ...service.tcp], target_name: service.name };
}

function endpointParams(service: Service): EventParams {
  const { ipv4, ipv6, port } = service;
  return {
    ipv4_endpoints: addressParams(ipv4, port),
    ...(isHint(ipv4) && { ipv4_endpoints_from_hints: true }),
    ipv6_endpoints: addressParams(ipv6, port),
    ...(isHint(ipv6) && { ipv6_endpoints_from_hints: true }),
    metadata: metadataParams(service),
  };
}

function addressParams(known: AddressState, port: number): readonly EventParams[] {
  return known.state === 'positive' ? known.addresses.map((address) => ({ address, port })) : [];
}

function isHint(known: AddressState): boolean {
  return known.state === 'positive' && known.from === 'hint';
}
