/** The JSON Schemas of the package: current, exported, and of one mind with what writes and reads these formats. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PUBLISHED_SCHEMAS, schemaText } from '../../scripts/schemas/published-schemas.ts';
import { netlogAnalyze } from '../cli/harness.ts';
import { reportOf } from '../truth/sample-reports.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const ajv = new Ajv2020({ allowUnionTypes: true });
const published = new Map(
  PUBLISHED_SCHEMAS.map(({ name, schema }) => {
    const validate = ajv.compile(JSON.parse(readFileSync(`schemas/${name}.json`, 'utf8')) as object);
    return [name, { schema, validate }];
  }),
);

function mistakesIn(name: string, value: Json): readonly string[] {
  const validate = published.get(name)?.validate;
  return validate?.(value) === true ? [] : (validate?.errors ?? [{ instancePath: name, message: 'no such schema' }]).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const readYaml = (file: string): Json => parse(readFileSync(file, 'utf8')) as Json;
const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

describe('the schemas in the package', () => {
  test.each(PUBLISHED_SCHEMAS)('$name.json is what `npm run schemas` writes', (each) => {
    expect(readFileSync(`schemas/${each.name}.json`, 'utf8')).toBe(schemaText(each));
  });

  test('are these and no others', () => {
    expect(readdirSync('schemas')).toEqual(PUBLISHED_SCHEMAS.map(({ name }) => `${name}.json`).toSorted());
  });

  test('are found by the name of the package', () => {
    expect(import.meta.resolve('netlog-analyze/schemas/report.json')).toBe(new URL('../../schemas/report.json', import.meta.url).href);
  });
});

const folders = [...readdirSync('samples'), ...readdirSync('samples/stories').map((name) => `stories/${name}`)];
const samples = folders.filter((name) => existsSync(`samples/${name}/netlog.json.gz`));
const scenarios = folders.map((name) => `samples/${name}/scenario.yaml`).filter((file) => existsSync(file));

describe('what is written fits', () => {
  test.each(samples)('report.json: %s', async (sample) => {
    expect(mistakesIn('report', asJson(await reportOf(sample)))).toEqual([]);
  });

  test.each([
    ['comparison', ['compare', 'samples/dual-hev2/netlog.json.gz', '--against', 'samples/dual-hev3/netlog.json.gz', '-t', 'docs/thresholds.yaml', '-f', 'json']],
    ['check', ['check', 'samples/v6-blackhole-hev3/netlog.json.gz', '-t', 'docs/thresholds.yaml', '-f', 'json']],
  ])('%s.json', async (name, words) => {
    const { stdout } = await netlogAnalyze(words, { real: true });
    expect(mistakesIn(name, JSON.parse(stdout) as Json)).toEqual([]);
  });

  test('baseline.json', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
    const file = join(folder, 'baseline.json');
    await netlogAnalyze(['compare', 'samples/*-hev2/netlog.json.gz', '--save-baseline', file], { real: true });
    expect(mistakesIn('baseline', JSON.parse(readFileSync(file, 'utf8')) as Json)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('what people write fits', () => {
  test.each(scenarios)('scenario.json: %s', (file) => {
    expect(mistakesIn('scenario', readYaml(file))).toEqual([]);
  });

  test('thresholds.json: the example of the documentation', () => {
    expect(mistakesIn('thresholds', readYaml('docs/thresholds.yaml'))).toEqual([]);
  });
});

describe('a mistake is told where it is', () => {
  const scenario = { version: 1, requests: [{ url: 'https://a.test/' }] };
  test.each<[string, Json, string]>([
    ['scenario', { ...scenario, link: { rtt: 20 } }, '/link must NOT have additional properties'],
    ['scenario', { ...scenario, link: { rttMs: '20' } }, '/link/rttMs must be number'],
    ['scenario', { ...scenario, seed: -1 }, '/seed must be >= 0'],
    ['scenario', { ...scenario, servers: [{ addresses: ['10.0.0.1'], protocols: ['h2'] }] }, "/servers/0 must have required property 'port'"],
    ['scenario', { version: 1 }, " must have required property 'requests'"],
    ['thresholds', { thresholds: { 'race.duration': 200 } }, '/thresholds/race.duration must be string'],
    ['thresholds', { limits: {} }, " must have required property 'thresholds'"],
  ])('%s %j', (name, value, mistake) => {
    expect(mistakesIn(name, value)).toContain(mistake);
  });
});

/** Every place in a value, as the keys that lead there; not the whole itself. */
function placesIn(value: Json): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...placesIn(inner).map((rest) => [key, ...rest])]);
}

/** `undefined`: taken away. */
function changed(value: Json, [key = '', ...rest]: readonly string[], to: Json | undefined): Json {
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const inner = (copy as Record<string, Json>)[key] ?? null;
  (copy as Record<string, Json | undefined>)[key] = rest.length === 0 ? to : changed(inner, rest, to);
  return JSON.parse(JSON.stringify(copy)) as Json;
}

/** The value with something else, or nothing, at one of its places. */
const mutationsOf = (value: Json): fc.Arbitrary<Json> =>
  fc.tuple(fc.constantFrom(...placesIn(value)), fc.constantFrom<Json | undefined>(undefined, null, 'word', -1.5, 7, true, [], ['word'], {}, { word: 1 })).map(([place, to]) => changed(value, place, to));

describe('JSON Schema and zod', () => {
  const acceptedByZod = (name: string, value: Json): boolean => published.get(name)?.schema.safeParse(value).success === true;

  test('take and refuse the same reports', async () => {
    const report = asJson(await reportOf('svc-hev3'));
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(mutationsOf(report), (mutated) => {
        const accepted = mistakesIn('report', mutated).length === 0;
        verdicts.add(accepted);
        expect(accepted).toBe(acceptedByZod('report', mutated));
      }),
      { numRuns: 150 },
    );
    expect(verdicts).toEqual(new Set([true, false]));
  });

  test('refuse null wherever it stands in a report', async () => {
    const report = asJson(await reportOf('dual-hev3'));
    fc.assert(
      fc.property(fc.constantFrom(...placesIn(report)), (place) => {
        expect(mistakesIn('report', changed(report, place, null))).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  // The reader knows more than a schema can say; but what it takes must be underlined by no editor.
  test.each([
    ['scenario', 'samples/quic-known-hev3/scenario.yaml'],
    ['scenario', 'samples/v6-blackhole-hev3/scenario.yaml'],
    ['thresholds', 'docs/thresholds.yaml'],
  ])('%s.json refuses nothing that is read: %s', (name, file) => {
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(mutationsOf(readYaml(file)), (mutated) => {
        const accepted = mistakesIn(name, mutated).length === 0;
        verdicts.add(accepted);
        expect(accepted || !acceptedByZod(name, mutated)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(verdicts).toEqual(new Set([true, false]));
  });
});
