/** Loaded first into every process that is measured: tells at its end, on file descriptor 3, what it has used. */
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

// Worker threads load this too; what is told is that of the whole process.
if (isMainThread) process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));
