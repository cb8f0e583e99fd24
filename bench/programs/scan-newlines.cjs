/** Looks for the ends of lines and nothing else: about the least that a reader of lines can do. */
const { closeSync, openSync, readSync } = require('node:fs');

const file = openSync(process.argv[2], 'r');
const buffer = Buffer.allocUnsafeSlow(256 * 1024);
for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
  const chunk = buffer.subarray(0, length);
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1));
}
closeSync(file);
