/** Decompresses a file and drops what comes out. */
const { createReadStream } = require('node:fs');
const { createGunzip } = require('node:zlib');

const CHUNK = 256 * 1024;

createReadStream(process.argv[2], { highWaterMark: CHUNK }).pipe(createGunzip({ chunkSize: CHUNK })).resume();
