/** The one thing that every layer asks of an answer. */
import type { QueryAnswer } from './output.ts';

/** Whether it is an A or AAAA answer with data; address hints of HTTPS do not count. */
export function hasAddress({ answer }: QueryAnswer): boolean {
  return answer.kind === 'answer' && answer.addresses.length > 0;
}
