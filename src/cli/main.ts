#!/usr/bin/env node
/** The program: connects the command line to this process. */
import { run } from './run.ts';

const interrupted = new AbortController();
// The first signal ends the work in order, so that no half-written file stays; a second one finds no handler and ends the process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interrupted.abort();
  });
}

const { stdin, stdout, stderr, env } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, env, signal: interrupted.signal });
