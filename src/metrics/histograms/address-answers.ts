/**
 * HTTPS against A and AAAA within a DNS task: which answer came first, and by how much (Net.Dns.ResolveTimeDiff2),
 * and how long each took from the task's beginning (Net.DNS.HTTPSSVC).
 */
import type { JournalEvent } from '../../model/journal.ts';
import type { Count } from './counters.ts';
import { CODES, MEDIUM_TIMES, SHORT_TIMES } from './layouts.ts';
import type { DnsTaskTimeline, TaskTransaction } from './task-timelines.ts';
import { elapsed } from './timelines.ts';

export function countAddressAnswers(count: Count, task: DnsTaskTimeline): void {
  countGaps(count, task);
  countHttpsRecord(count, task);
}

interface Answered extends TaskTransaction {
  readonly end: JournalEvent;
  readonly answer: NonNullable<TaskTransaction['answer']>;
}

function isAnswered(transaction: TaskTransaction): transaction is Answered {
  return transaction.end !== undefined && transaction.answer !== undefined;
}

/** The time of an answer is when the task took it over, some milliseconds after the transaction's END on a stalled thread. */
function countGaps(count: Count, { transactions }: DnsTaskTimeline): void {
  const answers = transactions.filter(isAnswered).toSorted((a, b) => a.answer.taken.index - b.answer.taken.index);
  const addresses: Answered[] = [];
  let https: Answered | undefined;
  const gap = (name: string, from: Answered, to: Answered): void =>
    count(`Net.Dns.ResolveTimeDiff2.${name}`, SHORT_TIMES, elapsed(from.answer.taken, to.answer.taken));
  for (const answer of answers) {
    const [first] = addresses;
    if (answer.type === 'HTTPS') {
      https = answer;
      if (first !== undefined) gap('AddressRecordBeforeHTTPS', first, answer);
    } else if (answer.type !== undefined) {
      if (https !== undefined) gap(first === undefined ? 'HTTPSBeforeFirstAddress' : 'HTTPSBeforeLastAddress', https, answer);
      if (first !== undefined) gap(answer.type === 'A' ? 'AAAABeforeA' : 'ABeforeAAAA', first, answer);
      addresses.push(answer);
    }
  }
}

/** Rcodes as the counter has them: NXDOMAIN and no data are answers like any other. */
const RCODE = { unanswered: 0, answered: 3 } as const;

/** Once a task, when it is over, if HTTPS was answered or given up and any address was answered. */
function countHttpsRecord(count: Count, { begin, end, jobEnd, secure, transactions, timeout }: DnsTaskTimeline): void {
  if (end === undefined && jobEnd === undefined) return;
  const answers = transactions.filter(isAnswered);
  const https = answers.find(({ type }) => type === 'HTTPS');
  const addresses = answers.filter(({ type }) => type === 'A' || type === 'AAAA');
  const over = https?.end ?? timeout;
  if (over === undefined || addresses.length === 0) return;
  const name = `Net.DNS.HTTPSSVC.RecordHttps.${secure ? 'Secure' : 'Insecure'}.ExpectNoerror`;
  count(`${name}.DnsRcode`, CODES, https === undefined ? RCODE.unanswered : RCODE.answered);
  if (https?.answer.hasMetadata === true) count(`${name}.Parsable`, CODES, 1);
  count(`${name}.ResolveTimeExperimental`, MEDIUM_TIMES, elapsed(begin, over));
  for (const address of addresses) count(`${name}.ResolveTimeAddress`, MEDIUM_TIMES, elapsed(begin, address.end));
}
