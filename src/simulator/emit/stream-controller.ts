/** HTTP_STREAM_JOB_CONTROLLER, up to the point where it goes the way of the pool or that of the jobs. */
import type { Millis } from '../../units.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';

/** `request`: the URL_REQUEST that needs a stream; absent: a preconnect. */
export function beginController(log: SourceLog, url: string, request: SimulatedSource | undefined, at: Millis): SimulatedSource {
  const controller = log.source('HTTP_STREAM_JOB_CONTROLLER', at);
  log.begin(controller, 'HTTP_STREAM_JOB_CONTROLLER', at, { allowed_bad_certs: [], is_preconnect: request === undefined, privacy_mode: 'disabled', url });
  if (request !== undefined) {
    log.begin(request, 'HTTP_STREAM_REQUEST', at);
    log.event(request, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', at, { source_dependency: log.dependency(controller) });
    log.event(controller, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', at, { source_dependency: log.dependency(request) });
  }
  log.begin(controller, 'PROXY_RESOLUTION_SERVICE', at);
  log.event(controller, 'PROXY_RESOLUTION_SERVICE_RESOLVED_PROXY_LIST', at, { proxy_info: 'DIRECT' });
  log.end(controller, 'PROXY_RESOLUTION_SERVICE', at);
  log.event(controller, 'HTTP_STREAM_JOB_CONTROLLER_PROXY_SERVER_RESOLVED', at, { proxy_chain: '[direct://]' });
  return controller;
}
