/** IPv6 answers, but late: much later than IPv4 does, or so late that IPv4 was nearly tried. */
import type { Judgement, Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { answered, fastest, targetsOf, type Target, type TriedAttempt, triedOver } from '../subjects/targets.ts';
import { duration } from '../subjects/words.ts';

/** Below it nobody would wait for IPv6 with a recommended delay of 250 ms; far above the difference that paths usually have. */
const SLOW_MS = 150;

export const ipv6Slow: Rule = {
  id: 'ipv6.slow',
  title: 'IPv6 is much slower than IPv4',
  severity: 'warning',
  threshold: 'The fastest IPv6 connect of a place takes 150 ms or more and twice the fastest over IPv4; told without that comparison (info) if IPv4 was never tried',
  spec: 'RFC 8305 section 5: an attempt that answers within the Connection Attempt Delay keeps the other family from being tried, however slow it is',
  advice: 'Compare the routes of the two families (a tunnel or a far exit slows IPv6); RFC 8305 section 4 lets a client sort by past round trips.',
  check(trace) {
    const withIpv4 = new Set(trace.resolutions.filter(({ addresses }) => addresses.some((address) => !address.includes(':'))).map(({ host }) => host));
    return targetsOf(trace).flatMap((target) => judge(target, withIpv4));
  },
};

function judge(target: Target, withIpv4: ReadonlySet<string | undefined>): Judgement[] {
  const [six, four] = [triedOver(target, 'tcp', 'ipv6'), triedOver(target, 'tcp', 'ipv4')];
  const [slow, fast] = [fastest(six), fastest(four)];
  if (slow === undefined || slow < SLOW_MS) return [];
  const evidence = evidenceOf([...answered(six), ...answered(four)].map(({ attempt }: TriedAttempt) => attempt));
  if (fast !== undefined) {
    if (slow < 2 * fast) return [];
    return [
      {
        detail: `${target.name} answers over IPv6 after ${duration(slow)} at best, over IPv4 after ${duration(fast)}.`,
        numbers: { ipv6Ms: slow, ipv4Ms: fast },
        evidence,
      },
    ];
  }
  const host = target.races[0]?.destination?.host;
  const hasIpv4 = target.kind === 'host' && withIpv4.has(host);
  if (!hasIpv4 || four.length > 0) return [];
  return [
    {
      severity: 'info',
      title: 'IPv6 is slow, and IPv4 was never tried',
      detail: `${target.name} answers over IPv6 after ${duration(slow)} at best: soon enough that no attempt over IPv4 was begun. The log cannot tell whether IPv4 is faster.`,
      numbers: { ipv6Ms: slow },
      evidence,
    },
  ];
}
