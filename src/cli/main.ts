#!/usr/bin/env node
/** The program: connects the command line to this process. */
import { run } from './run.ts';

const interrupted = new AbortController();
// The first Ctrl-C ends the work in order; a second one finds no handler and ends the process.
process.once('SIGINT', () => {
  interrupted.abort();
});

const { stdin, stdout, stderr, env } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, env, signal: interrupted.signal });
