/** What is measured, and against which goals: groups of runs that are interleaved, and the rows of the table made of them. */
import { availableParallelism } from 'node:os';
import { analyze, decodeGzip, hasThreads, help, jsonParse, nothing, readOnly, scanNewlines, streamJsonPipeline } from './programs.mjs';

/** The sample itself, 32 MB. */
const ONE_COPY = 0;

/**
 * Sizes of the inputs in bytes.
 * @typedef {typeof FULL} Sizes
 */
export const FULL = { default: 450e6, large: 1e9, small: 100e6, huge: 3e9, layout: 100e6, standard: ONE_COPY };

/** The ratios of small inputs are worse, as Node's start is a larger part: for a check with a wide margin. */
export const QUICK = { default: 200e6, large: 200e6, small: ONE_COPY, huge: 200e6, layout: ONE_COPY, standard: ONE_COPY };

/**
 * @typedef {import('./rounds.mjs').Comparison} Comparison
 * @typedef {import('./rounds.mjs').Row} Row
 * @typedef {import('./inputs.mjs').Inputs} Inputs
 *
 * `trace`: a log of the user's own for the rows that are about one trace.
 * @typedef {{ readonly inputs: Inputs, readonly sizes: Sizes, readonly trace: import('./inputs.mjs').Input | undefined }} Setting
 *
 * `skipped`: why it cannot be measured here.
 * @typedef {(setting: Setting) => Promise<Comparison | { readonly skipped: string }>} Experiment
 */

/** @type {Readonly<Record<string, Experiment>>} */
export const EXPERIMENTS = {
  async default({ inputs, sizes }) {
    const log = await inputs.log(sizes.default);
    const size = sizeText(sizes.default);
    return {
      runs: { tool: analyze(log), reader: readOnly(log), newlines: scanNewlines(log), JP: jsonParse(log) },
      rows: [
        speed(`${size}, one thread, against JP`, 7, (of) => of('JP').ms / of('tool').ms),
        figure(`${size}, reader alone, against JP`, (of) => of('JP').ms / of('reader').ms),
        figure(`${size}, one thread, against a scan for newlines`, (of) => of('newlines').ms / of('tool').ms),
        figure(`${size}, reader alone, against a scan for newlines`, (of) => of('newlines').ms / of('reader').ms),
      ],
    };
  },

  async threads({ inputs, sizes }) {
    if (!hasThreads()) return { skipped: 'the program knows no --threads' };
    if (availableParallelism() < 2) return { skipped: 'needs two processors' };
    const log = await inputs.log(sizes.large);
    return {
      runs: { one: analyze(log), several: analyze(log, 'automatic threads') },
      rows: [{ ...speed(`${sizeText(sizes.large)}, automatic threads, against one`, 1.6, (of) => of('one').ms / of('several').ms), clock: 'wall' }],
    };
  },

  async everything({ inputs, sizes }) {
    const [plain, payload] = [await inputs.log(sizes.large), await inputs.log(sizes.large, { payload: true })];
    return {
      runs: { default: analyze(plain), everything: analyze(payload) },
      rows: [speed(`${sizeText(sizes.large)}, capture mode Everything, bytes per second against Default`, 2.5, (of) => rate(of('everything')) / rate(of('default')))],
    };
  },

  async memory({ inputs, sizes }) {
    const log = await inputs.log(sizes.large);
    const size = sizeText(sizes.large);
    return {
      runs: { tool: analyze(log), reader: readOnly(log) },
      rows: [memory(`${size}, peak memory, full report`, 200, (of) => of('tool').mb), memory(`${size}, peak memory, reader alone`, 110, (of) => of('reader').mb)],
    };
  },

  async growth({ inputs, sizes }) {
    const [small, huge] = [await inputs.log(sizes.small), await inputs.log(sizes.huge)];
    const title = `growth of the reader's memory, ${sizeText(sizes.small)} to ${sizeText(sizes.huge)}`;
    return { runs: { small: readOnly(small), huge: readOnly(huge) }, rows: [memory(title, 40, (of) => of('huge').mb - of('small').mb)] };
  },

  'pretty-printed': (setting) => otherLayout(setting, 'pretty-printed'),
  'one-line': (setting) => otherLayout(setting, 'one line'),

  async 'stream-json'({ inputs, sizes }) {
    const log = await inputs.log(sizes.standard, { layout: 'pretty-printed' });
    return {
      runs: { reader: readOnly(log), pipeline: streamJsonPipeline(log) },
      rows: [figure(`${sizeText(sizes.standard)} pretty-printed, reader alone, against stream-json's standard pipeline`, (of) => of('pipeline').ms / of('reader').ms)],
    };
  },

  async gzip({ inputs, sizes }) {
    const plain = await inputs.log(sizes.default);
    const packed = await inputs.gzip(plain);
    return {
      runs: { gzip: { ...analyze(packed), bytes: plain.bytes }, plain: analyze(plain), decode: { ...decodeGzip(packed), bytes: plain.bytes } },
      rows: [
        {
          ...time(`${sizeText(sizes.default)} as gzip, time against the slower of decoding and reading`, 1.3, (of) => of('gzip').ms / Math.max(of('plain').ms, of('decode').ms)),
          clock: 'wall',
        },
      ],
    };
  },

  async busy({ inputs, trace }) {
    const log = trace ?? (await inputs.log(ONE_COPY));
    return {
      runs: { tool: analyze(log), JP: jsonParse(log) },
      rows: [speed(`${trace === undefined ? 'the sample, 32 MB' : 'the given trace'}, against JP`, 1, (of) => of('JP').ms / of('tool').ms)],
    };
  },

  async start() {
    return { runs: { help, nothing }, rows: [time('--help, time against node -e 0', 3, (of) => of('help').ms / of('nothing').ms)] };
  },
};

/**
 * @param {Setting} setting
 * @param {'pretty-printed' | 'one line'} layout
 */
async function otherLayout({ inputs, sizes }, layout) {
  const log = await inputs.log(sizes.layout, { layout });
  const title = `${sizeText(sizes.layout)} ${layout === 'one line' ? 'on one line' : layout}`;
  return {
    runs: { tool: analyze(log), JP: jsonParse(log) },
    rows: [speed(`${title}, against JP`, 0.35, (of) => of('JP').ms / of('tool').ms), memory(`${title}, peak memory`, 160, (of) => of('tool').mb)],
  };
}

/**
 * How many times as fast, at least.
 * @param {string} title
 * @param {number} limit
 * @param {Row['value']} value
 * @returns {Row}
 */
function speed(title, limit, value) {
  return { title, unit: '×', clock: 'wall and CPU', goal: { is: 'at least', limit }, value };
}

/**
 * How many times as long, at most.
 * @param {string} title
 * @param {number} limit
 * @param {Row['value']} value
 * @returns {Row}
 */
function time(title, limit, value) {
  return { title, unit: '×', clock: 'wall and CPU', goal: { is: 'at most', limit }, value };
}

/**
 * @param {string} title
 * @param {number} limit in 10^6 bytes
 * @param {Row['value']} value
 * @returns {Row}
 */
function memory(title, limit, value) {
  return { title, unit: 'MB', clock: 'wall', goal: { is: 'at most', limit }, value };
}

/**
 * A speed without a goal.
 * @param {string} title
 * @param {Row['value']} value
 * @returns {Row}
 */
function figure(title, value) {
  return { title, unit: '×', clock: 'wall and CPU', goal: undefined, value };
}

/** @param {import('./rounds.mjs').Seen} run */
function rate({ bytes, ms }) {
  return bytes / ms;
}

/** @param {number} bytes */
function sizeText(bytes) {
  if (bytes === ONE_COPY) return 'the sample';
  return bytes < 1e9 ? `${bytes / 1e6} MB` : `${bytes / 1e9} GB`;
}
