/** Loaded first into every process that is measured: tells at its end, on file descriptor 3, what it has used. */
const { readFileSync, writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

// Worker threads load this too; what is told is that of the whole process.
if (isMainThread) process.on('exit', () => writeSync(3, JSON.stringify({ ...process.resourceUsage(), maxRSS: peakKilobytes() })));

/** On Linux, `maxRSS` begins with that of the process that started this one; the high water mark is its own. */
function peakKilobytes() {
  try {
    const own = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (own !== undefined) return Number(own);
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS;
}
