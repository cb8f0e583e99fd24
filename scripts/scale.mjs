/**
 * How analysing many traces scales: `npm run scale -- --traces 2000 --jobs 2 --keep FOLDER`.
 *
 * Traces of simulated networks (round-trip times, dead families, blocked QUIC, slow answers, lost packets, many hosts), each
 * with a seed of its own, are exported into one data set by one process a core, a share of the files each. Printed are the time
 * per trace and the most memory of a process, while the data set grows and for ever longer traces, and what summing up, asking
 * and comparing the whole data set takes. On a machine that does other things too, go by the processor time. Needs the build.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const dist = (path) => import(new URL(`../dist/${path}`, import.meta.url).href);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { traces: { type: 'string', default: '2000' }, jobs: { type: 'string', default: String(availableParallelism()) }, keep: { type: 'string' } },
});

/** One process of ours: runs a command line, and tells what it took. */
async function work(words) {
  const { run } = await dist('cli/run.js');
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await run(words, { stdin, stdout, stderr, env });
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send?.({ megabytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 });
}

function command(words) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--', ...words], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let took = { megabytes: 0, cpu: 0 };
    let errors = '';
    child.stderr.on('data', (data) => (errors = (errors + data).slice(-2000)));
    child.on('message', (message) => (took = message));
    child.on('close', (code) => (code === 0 ? done(took) : fail(new Error(`netlog-analyze ${words[0]} ended with ${code}: ${errors}`))));
  });
}

async function timed(run) {
  const start = process.hrtime.bigint();
  const result = await run();
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result };
}

const pick = (list, i) => list[i % list.length];

/** The i-th network: every kind of trouble, in combinations that do not repeat soon. */
function scenarioText(i, hosts) {
  const [rttMs, latencyMs, jitterMs] = [pick([8, 20, 35, 80, 150], i), pick([2, 10, 40], Math.floor(i / 5)), pick([0, 3, 12], i)];
  const names = Array.from({ length: hosts }, (_, n) => `h${n}.example.com`);
  const zone = names.flatMap((name, n) => {
    const host = n % 250;
    return [`${name}. 60 IN A 192.0.2.${host + 1}`, `${name}. 60 IN AAAA 2001:db8::${(host + 1).toString(16)}`, ...(pick([true, false, true], i + n) ? [`${name}. 60 IN HTTPS 1 . alpn="h3,h2"`] : [])];
  });
  const ipv4 = Array.from({ length: Math.min(hosts, 250) }, (_, n) => `192.0.2.${n + 1}`);
  const ipv6 = ipv4.map((_, n) => `"2001:db8::${(n + 1).toString(16)}"`);
  const addresses = [...ipv4, ...ipv6];
  const rules = pick(
    [
      [],
      [`{to: [${ipv6.join(', ')}], port: 443, direction: toServer, action: drop}`],
      [`{to: [${addresses.join(', ')}], port: 443, transport: udp, direction: toServer, action: drop}`],
      [`{to: [${ipv6.join(', ')}], port: 443, transport: tcp, direction: toServer, action: reset}`],
    ],
    i,
  );
  return [
    'version: 1',
    `name: scale-${i}`,
    `durationMs: ${hosts * 40 + 60_000}`,
    `link: {rttMs: ${rttMs}, jitterMs: ${jitterMs}}`,
    'client: {sources: [198.51.100.7, "2001:db8:ffff::7"]}',
    'dns:',
    '  servers: [{address: 198.51.100.53}]',
    `  latencyMs: ${latencyMs}`,
    '  zone: |',
    ...zone.map((line) => `    ${line}`),
    ...(rules.length === 0 ? [] : ['network:', '  rules:', ...rules.map((rule) => `    - ${rule}`)]),
    'servers:',
    `  - {addresses: [${addresses.join(', ')}], port: 443, protocols: [h2, http/1.1], names: ["*.example.com"], issuer: ca}`,
    `  - {addresses: [${addresses.join(', ')}], port: 443, protocols: [h3], names: ["*.example.com"], issuer: ca}`,
    'requests:',
    ...names.map((name, n) => `  - {atMs: ${n * 40}, url: "https://${name}/"}`),
    '',
  ].join('\n');
}

async function makeTrace(path, i, hosts, profile) {
  const [{ readScenario }, { PROFILES }, { logSimulation }, { writeNetLog }] = await Promise.all([
    dist('simulator/scenario/read-scenario.js'),
    dist('engine/profiles/profiles.js'),
    dist('simulator/log-simulation.js'),
    dist('netlog/write-netlog.js'),
  ]);
  const chunks = [];
  const scenario = readScenario(scenarioText(i, hosts), `scale-${i}`);
  logSimulation(scenario, { parameters: PROFILES[profile], seed: i + 1, version: '0', subject: `scale ${i}` }, writeNetLog((text) => chunks.push(text)));
  writeFileSync(path, chunks.join(''));
}

const PROFILES_USED = ['chromium-hev3', 'chromium-hev2', 'chromium-legacy', 'draft-v3'];

async function makeTraces(folder, traces) {
  mkdirSync(folder);
  for (let i = 0; i < traces; i++) {
    await makeTrace(join(folder, `${String(i).padStart(6, '0')}.json`), i, pick([2, 5, 12, 30], Math.floor(i / 3)), pick(PROFILES_USED, i));
    if (i % 250 === 249) process.stderr.write(`${i + 1} traces made\n`);
  }
}

/** Analyses files with so many processes; each takes every n-th. */
async function exportAll(files, dataset, jobs) {
  const { seconds, result } = await timed(() => Promise.all(Array.from({ length: jobs }, (_, job) => command(['export', ...files.filter((_, i) => i % jobs === job), '-f', 'parquet', '-o', dataset]))));
  return { seconds, megabytes: Math.max(...result.map(({ megabytes }) => megabytes)), cpu: result.reduce((sum, { cpu }) => sum + cpu, 0) };
}

const megabytesOf = (files) => files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
const print = (text) => process.stdout.write(`${text}\n`);

async function measure() {
  const [traces, jobs] = [Number(values.traces), Number(values.jobs)];
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'scale-'));
  mkdirSync(folder, { recursive: true });
  await makeTraces(join(folder, 'logs'), traces);
  const files = readdirSync(join(folder, 'logs')).map((name) => join(folder, 'logs', name));

  const fleet = join(folder, 'fleet');
  for (const [from, to] of [[0, 0.25], [0.25, 0.5], [0.5, 1]].map((shares) => shares.map((share) => Math.round(traces * share)))) {
    const some = files.slice(from, to);
    const { seconds, megabytes, cpu } = await exportAll(some, fleet, jobs);
    print(`traces ${from + 1} to ${to} (${megabytesOf(some).toFixed(0)} MB), ${jobs} processes: ${seconds.toFixed(1)} s, a trace ${((1000 * seconds) / some.length).toFixed(1)} ms, ${((1000 * cpu) / some.length).toFixed(1)} ms of processor; at most ${megabytes.toFixed(0)} MB a process`);
  }
  for (const words of [['summary', fleet], ['sql', 'FROM fallback_by_network', fleet], ['compare', fleet, '--group-by', 'engine', '--arms', 'hev2,hev3'], ['export', ...files, '-f', 'parquet', '-o', fleet]]) {
    const { seconds, result } = await timed(() => command(words));
    print(`${words[0] === 'export' ? 'export again, all there' : words[0]}, ${traces} runs: ${seconds.toFixed(1)} s, ${result.cpu.toFixed(1)} s of processor, ${result.megabytes.toFixed(0)} MB`);
  }
  for (const hosts of [500, 1000, 2000, 4000]) {
    const long = join(folder, `long-${hosts}.json`);
    await makeTrace(long, 0, hosts, 'chromium-hev3');
    const { seconds, megabytes, cpu } = await exportAll([long], join(folder, `long-${hosts}`), 1);
    print(`one trace of ${hosts} hosts (${megabytesOf([long]).toFixed(1)} MB): ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processor, ${megabytes.toFixed(0)} MB`);
  }
  if (values.keep === undefined) rmSync(folder, { recursive: true });
}

if (process.send === undefined) await measure();
else await work(positionals);
