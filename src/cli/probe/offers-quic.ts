/** Whether an HTTPS record of an answer offers HTTP/3. */
import type { Happening } from '../../simulator/happening.ts';

export function offersQuic(happening: Happening): boolean {
  if (happening.layer !== 'network' || happening.event.kind !== 'dns-answer') return false;
  const { answer } = happening.event;
  return answer.kind === 'answer' && answer.records.some(({ params }) => params.alpn?.includes('h3') === true);
}
