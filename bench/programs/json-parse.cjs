/** JP: the whole file through `JSON.parse`, and nothing else. */
const { readFileSync } = require('node:fs');

JSON.parse(readFileSync(process.argv[2], 'utf8'));
