/** Inferred networks as files: what is written is what is simulated, and text from a log stays in its place. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/simulator/scenario/read-scenario.ts';
import { draftScenario } from '../../src/whatif/draft-scenario.ts';
import { inferRaces } from '../../src/whatif/infer-races.ts';
import { scenarioOf } from '../../src/whatif/scenario-draft.ts';
import { scenarioYaml } from '../../src/whatif/scenario-yaml.ts';
import { typical } from '../../src/whatif/settle.ts';
import { dualStack, traceOf, truthOf, V6_DEAD, WITH_QUIC } from './simulated-trace.ts';

function inferred(scenario: string, profile = 'chromium-hev3') {
  const { races } = inferRaces(traceOf(scenario, profile));
  return draftScenario(races, 'test', typical).draft;
}

describe('a scenario that is written', () => {
  it('reads as it is simulated', () => {
    for (const scenario of [dualStack(), dualStack({ rules: [V6_DEAD], https: WITH_QUIC }), dualStack({ dns: ['{action: truncate}'] })]) {
      const draft = inferred(scenario);
      expect(readScenario(scenarioYaml(draft, ['a heading']), 'inferred.yaml')).toEqual(scenarioOf(draft));
    }
  });

  it('says at the line what was assumed', () => {
    const lines = scenarioYaml(inferred(dualStack({ rules: [V6_DEAD] })), ['first', 'second']).split('\n');
    expect(lines.slice(0, 2)).toEqual(['# first', '# second']);
    expect(lines.find((line) => line.includes('action: drop'))).toMatch(/^ {4}- \{to: \[2001:db8::1\], port: 443, transport: tcp, packets: syn, action: drop\} # assumed: no answer within 310 ms: /);
  });

  it('keeps a comment on its line, whatever is in it', () => {
    const yaml = scenarioYaml(inferred(dualStack()), ['x\nname: other\r\u2028profile: none']);
    expect(yaml.split('\n')[0]).toBe('# x name: other profile: none');
    expect(readScenario(yaml, 'inferred.yaml').name).toBe('test');
  });
});

describe('a whole trace', () => {
  // IPv6 dies between two visits, whose answers the cache keeps apart.
  const visits = ['{atMs: 0, url: "https://a.test/"}', '{atMs: 9000, url: "https://a.test/", partition: "https://p.test"}'];
  const scenario = dualStack({ rules: ['{to: ["2001:db8::1"], transport: tcp, action: drop, fromMs: 5000}'], requests: visits });

  it('is on one timeline, on which paths change', () => {
    const yaml = scenarioYaml(inferred(scenario), []);
    expect(yaml).toContain('{to: [2001:db8::1], port: 443, transport: tcp, packets: syn, action: drop, fromMs: 9000}');
    expect(yaml).toMatch(/\{atMs: 9000, url: https:\/\/a.test\/, partition: https:\/\/partition-1.invalid\} # race \d+, partition: https:\/\/p.test$/m);
    // The first visit is simulated as it was.
    expect(truthOf(yaml, 'chromium-hev3')).toMatchObject({ winner: { ipEndpoint: '[2001:db8::1]:443' }, afterMs: 90 });
  });
});
