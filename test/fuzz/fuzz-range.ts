/** Runs a range of inputs in this process: the number in hand goes to a file, so that a crash has a name; finds go out as lines of JSON. */
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { checkInput } from './check-input.ts';
import { type FuzzInput, makeInput } from './make-input.ts';
import { seedLogs } from './seed-logs.ts';

/** What an input may take: the promise is 5 s per MB, and a little for what is small. */
const SECONDS_PER_MEGABYTE = 5;
const SECONDS_AT_LEAST = 0.5;

/** Inputs after which to tell that all is well. */
const REPORT_EVERY = 200;

const [seed = 0, from = 0, to = 0] = process.argv.slice(2, 5).map(Number);
const [samples = '', folder = ''] = process.argv.slice(5);

const path = join(folder, 'input');
const current = openSync(join(folder, 'current'), 'w');
const logs = seedLogs(samples);
let bytesRead = 0;
let slowest = 0;

async function cpuSeconds(input: FuzzInput): Promise<number> {
  const before = process.cpuUsage();
  await checkInput(input, path);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function tell(message: object): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}

for (let number = from; number < to; number++) {
  writeSync(current, String(number).padStart(12), 0);
  const input = makeInput(seed, number, logs);
  const mostSeconds = Math.max(SECONDS_AT_LEAST, (input.bytes.length / 1e6) * SECONDS_PER_MEGABYTE);
  const started = performance.now();
  let reason = await checkInput(input, path);
  let seconds = (performance.now() - started) / 1000;
  // The machine may have been busy with something else: what counts is the time of our own.
  if (seconds > mostSeconds) seconds = await cpuSeconds(input);
  if (seconds > mostSeconds) reason ??= `slow: ${seconds} s for ${input.bytes.length} bytes`;
  slowest = Math.max(slowest, seconds);
  bytesRead += input.bytes.length;
  if (reason !== undefined) {
    const file = join(folder, `find-${seed}-${number}`);
    writeFileSync(file, input.bytes);
    tell({ find: { number, reason, file, chunkSizes: input.chunkSizes } });
  }
  if ((number + 1) % REPORT_EVERY === 0 || number + 1 === to) tell({ done: number + 1, bytes: bytesRead, slowest, maxRssKb: process.resourceUsage().maxRSS });
}
