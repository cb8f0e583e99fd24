/** The events of a log by the pipeline that stream-json's own documentation shows first. */
import { createReadStream } from 'node:fs';
import chain from 'stream-chain';
import { pick } from 'stream-json/filters/pick.js';
import { parser } from 'stream-json/parser.js';
import { streamArray } from 'stream-json/streamers/stream-array.js';

chain([createReadStream(process.argv[2]), parser(), pick({ filter: 'events' }), streamArray()]).resume();
