import { describe, expect, it } from 'vitest';
import { allRules } from '../../src/findings/all-rules.ts';
import { judge } from '../../src/findings/judge.ts';
import { reaches } from '../../src/findings/reaches.ts';
import type { Rule } from '../../src/findings/rule.ts';
import { traceWith } from '../metrics/trace-builder.ts';

const evidence = { sourceIds: [7], eventIndices: [70] };

function rule(id: string, severity: Rule['severity'], check: Rule['check'] = () => [{ detail: id, evidence }]): Rule {
  return { id, severity, title: `About ${id}`, threshold: 'any', spec: 'none', advice: 'nothing', check };
}

describe('judge', () => {
  it('puts the gravest first, and equals in the order of the rules', () => {
    const rules = [rule('a', 'info'), rule('b', 'warning'), rule('c', 'error'), rule('d', 'warning')];
    expect(judge(traceWith({}), rules).map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a']);
  });

  it('lets a case be named and weighed more closely than its rule', () => {
    const [finding] = judge(traceWith({}), [rule('a', 'error', () => [{ severity: 'info', title: 'Harmless', detail: 'x', evidence, numbers: { n: 1 } }])]);
    expect(finding).toEqual({ id: 'a', severity: 'info', title: 'Harmless', detail: 'x', evidence, spec: 'none', threshold: 'any', advice: 'nothing', numbers: { n: 1 } });
  });

  it('reports a rule that throws, and applies the others', () => {
    const broken = rule('broken', 'error', () => {
      throw new RangeError('out of reach');
    });
    expect(judge(traceWith({}), [broken, rule('a', 'warning')])).toMatchObject([
      { id: 'a' },
      { id: 'rule.failed', severity: 'info', detail: expect.stringContaining('broken broke off: out of reach') },
    ]);
  });

  it('says of an empty log only that there is nothing to judge', () => {
    expect(judge(traceWith({})).map(({ id }) => id)).toEqual(['log.nothing_to_judge']);
  });
});

describe('the rules', () => {
  it('have ids of their own, in the form of metric ids', () => {
    const ids = allRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+\.[a-z0-9_]+$/.test(id))).toEqual([]);
  });

  it('each say what they rest on, from where on they speak, and what to do', () => {
    for (const { title, threshold, spec, advice } of allRules) expect([title, threshold, spec, advice].every((text) => text.length > 10)).toBe(true);
  });
});

describe('a level', () => {
  it('is reached by itself and by what is graver', () => {
    const levels = ['info', 'warning', 'error'] as const;
    expect(levels.filter((severity) => reaches({ severity }, 'warning'))).toEqual(['warning', 'error']);
    expect(levels.filter((severity) => reaches({ severity }, 'info'))).toEqual(levels);
  });
});
