/** A log is written by whoever wants to: nothing in it runs, loads, hides or breaks the page that shows it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as analyzer from '../../src/analyze.ts';
import { readTracePage } from '../../src/cli/report/read-trace-page.ts';
import { everything } from '../../src/report/selection.ts';
import { aFinding, aRace, aReport, aRequest, aResolution, aSession, aTransaction, anAttempt } from '../report/builders.ts';
import { describeInBrowser } from './browser.ts';
import { dataOf, pageOf, reportOpener } from './open-report.ts';

const ATTACKS = [
  '</script><script>window.ran = 1</script>',
  '<img src=x onerror="window.ran = 2">',
  '"><svg onload=window.ran=3>',
  'javascript:window.ran=4',
  '\u001b[31mred\u001b[0m\u0007',
  'safe\u202egpj.exe\u2066',
  '__proto__',
  'constructor',
  '{{window.ran = 5}}${window.ran = 6}',
  "datum.x'];window.ran=7;//",
  '<!--<script>',
  '\u2028\u2029\ufeff\u0000',
  'https://example.test/track.png',
];
const all = ATTACKS.join(' ');

/** Everything that can hold text of a log holds an attack, race by race. */
const report = aReport({
  trace: {
    file: all,
    client: { name: ATTACKS[1], version: ATTACKS[0], os: all },
    captureMode: all,
    diagnostics: [{ code: all, severity: 'warning', message: all }],
  },
  races: ATTACKS.map((attack, i) => {
    const attempt = anAttempt({ id: 50 + i, ipEndpoint: attack, cancelReason: attack, outcome: 'failed', netError: { code: -1, name: attack }, startMs: 1, endMs: 9, evidence: { sourceIds: [i + 1], eventIndices: [i] } });
    const winner = { attemptId: 50 + i, transport: 'tcp', family: 'ipv4', ipEndpoint: attack, alpn: attack, endpointStage: 'final' } as const;
    return aRace({ id: i + 1, destination: { scheme: attack, host: attack, port: 443 }, proxy: attack, endMs: 9, durationMs: 9, outcome: i === 0 ? 'failed' : 'connected', netError: { code: -1, name: attack }, attempts: [attempt], winner, resolutionIds: [100 + i], requestIds: [200 + i] });
  }),
  resolutions: ATTACKS.map((attack, i) =>
    aResolution({ id: 100 + i, host: attack, queryTypes: [attack], endMs: 5, durationMs: 5, addresses: [attack], aliases: [attack], tasks: [{ kind: attack, startMs: 0, outcome: 'ok' }], transactions: [aTransaction({ id: 300 + i, type: attack, name: attack, rcode: attack, endMs: 4 })] }),
  ),
  requests: ATTACKS.map((attack, i) => aRequest({ id: 200 + i, url: attack, method: attack, alpn: attack, raceId: i + 1, netError: { code: -2, name: attack } })),
  sessions: ATTACKS.map((attack, i) => aSession({ id: 400 + i, hosts: [attack], pooledHosts: [attack], pooled: [{ host: attack, by: 'ip' }], certificateNames: [attack], closeReason: attack, ech: attack, originFrame: { origins: [attack], atMs: 1 } })),
  findings: ATTACKS.map((attack) => aFinding({ title: attack, detail: attack, spec: attack })),
});
const sources = ATTACKS.map((attack, i) => ({
  id: i + 1,
  type: attack,
  eventCount: 1,
  events: [{ index: i, position: 0, atMs: 1, type: attack, phase: 'BEGIN' as const, params: [`${attack} = ${attack}`, `source_dependency = ${attack}`, 'a\nb\nc\nd\ne\nf\ng'] }],
}));

/** Controls, marks of direction, joiners, odd line ends. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Elements that the page never makes. */
const FOREIGN = 'Array.from(document.querySelectorAll("img, iframe, object, embed, base, form:not(.vega-bindings), svg a, svg image, foreignObject"), (element) => element.outerHTML)';

describeInBrowser('text from a log', (browser) => {
  const { open } = reportOpener(browser);
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlog-analyze-hostile-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Visits every race, source, facet and chart, and looks for traces of an attack that worked. */
  async function visit({ page, trouble, html }: Awaited<ReturnType<typeof open>>, raceIds: readonly number[]): Promise<void> {
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.split('<script')[1], 'nothing invisible in the data').not.toMatch(INVISIBLE);
    expect(html.split('<style')[0], 'nor in the title').not.toMatch(INVISIBLE);
    await page.locator('#races').waitFor();
    for (const chart of await page.locator('#charts .chart').all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('svg').waitFor();
    }
    for (const select of await page.locator('#races select').all()) await select.selectOption({ index: 1 });
    const texts = [await page.evaluate<string>('document.body.innerText')];
    for (const id of raceIds) {
      await page.evaluate(`location.hash = 'race-${id}'`);
      await page.locator('article .chart svg').waitFor();
      texts.push(await page.evaluate<string>('document.body.innerText + document.title'));
    }
    expect(texts.join(''), 'controls and marks of direction are shown as escapes').not.toMatch(INVISIBLE);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.evaluate('({}).ran ?? Object.keys(Object.prototype).length')).toBe(0);
    expect(await page.evaluate(FOREIGN)).toEqual([]);
    expect(await page.locator('a:not([href^="#"])').count(), 'no address of a log is a link').toBe(0);
    expect(await trouble()).toEqual([]);
  }

  test('neither runs nor breaks the page, wherever it stands', async () => {
    const opened = await open(dataOf(pageOf(report, { sources })));
    await visit(opened, report.races.map(({ id }) => id));
    await opened.page.evaluate("location.hash = ''");
    const requests = opened.page.locator('#requests');
    expect(await requests.locator('tbody tr').count()).toBe(ATTACKS.length);
    await requests.getByLabel('Filter').fill('</script>');
    expect(await requests.locator('tbody td').getByText(ATTACKS[0] ?? '', { exact: true }).count()).toBeGreaterThan(0);
    await requests.getByLabel('Filter').fill('');
    await requests.getByLabel('ALPN').selectOption({ label: '__proto__ (1)' });
    expect(await requests.locator('tbody tr').count()).toBe(1);
    expect(await opened.page.locator('body').innerText()).toContain('safe\\u202egpj.exe\\u2066');
  });

  test('neither runs nor breaks the page when it comes out of a real log', async () => {
    const log = gunzipSync(readFileSync('samples/v6-blackhole-hev3/netlog.json.gz')).toString();
    const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
    const hostile = log
      .replaceAll('dual.lab.test', inJson('<img src=x onerror=window.ran=1>\u202e</script>'))
      .replaceAll(/"(os_type|name|version|command_line)":\s*"[^"]*"/g, (_, key: string) => `"${key}":"${inJson(all)}"`);
    const path = join(folder, 'hostile.json');
    writeFileSync(path, hostile);
    const io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), env: {} };
    const request = { selection: everything, most: 2000, mostCharactersOfEvents: 1_000_000 };
    const page = await readTracePage(path, request, { io, loadAnalyzer: () => Promise.resolve(analyzer), commandNames: [] });
    expect(page.sources.length).toBeGreaterThan(3);
    const opened = await open(dataOf(page));
    await visit(opened, page.races.rows.map(({ id }) => id));
  });
});
