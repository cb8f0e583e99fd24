/** The order of service records in the light of attempts that run already (SB-24). */
import type { Service } from '../svcb/service.ts';
import type { Attempts } from './attempts.ts';

/** Records whose endpoints are being attempted come first, each kind in its order; what is no record stays behind them. */
export function fittingFirst(services: readonly Service[], attempts: Attempts): readonly Service[] {
  const rank = (service: Service): number => (service.priority === undefined ? 2 : fits(service, attempts) ? 0 : 1);
  return services.toSorted((a, b) => rank(a) - rank(b));
}

function fits(service: Service, attempts: Attempts): boolean {
  for (const { candidate } of attempts.running()) {
    const { ip, transport } = candidate.endpoint;
    const family = service[candidate.family];
    if (ip.port === service.port && service[transport].length > 0 && family.state === 'positive' && family.addresses.includes(ip.address)) return true;
  }
  return false;
}
