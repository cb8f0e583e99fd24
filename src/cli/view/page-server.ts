/**
 * Answers what the page of `view` asks for, and nothing else: its own files, and the log that was given.
 *
 * Pages of other sites can reach a server on loopback too, by its address or by a name of theirs that they point there
 * (DNS rebinding). So only requests for loopback by its own names are answered, and no other site may use the answers.
 * A given log lies below a path that nobody else on the machine can guess.
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { VIEW_ICON, viewDocument, viewPolicy } from '../../report/html/view-document.ts';
import { BUILT_PAGE } from '../report/page-assets.ts';
import type { GivenLog } from './given-log.ts';

interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
}

export interface PageServer {
  readonly listener: RequestListener;
  /** Where the page is: `/` or `/…/`. */
  readonly path: string;
}

const SCRIPT = 'text/javascript; charset=utf-8';

/** Where the page finds the log, below its own path. */
const LOG = 'log';

/** `secret`: part of the page's path if there is a log. `folder`: of the page's files. */
export async function pageServer(log: GivenLog | undefined, secret: string, folder = BUILT_PAGE): Promise<PageServer> {
  const path = log === undefined ? '/' : `/${secret}/`;
  const asset = (name: string): Promise<Uint8Array> => readFile(new URL(name, folder));
  const answers = new Map<string, Answer>([
    ['', { type: 'text/html; charset=utf-8', body: viewDocument(log === undefined ? undefined : { name: log.name, address: LOG }) }],
    ['page.js', { type: SCRIPT, body: await asset('page.js') }],
    ['analysis-worker.js', { type: SCRIPT, body: await asset('analysis-worker.js') }],
    ['page.css', { type: 'text/css; charset=utf-8', body: await asset('page.css') }],
    ['icon.svg', { type: 'image/svg+xml', body: VIEW_ICON }],
  ]);
  const policy = viewPolicy(log !== undefined);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeaders(new Map([...HEADERS, ['Content-Security-Policy', policy]]));
    if (!isLoopback(request.headers.host)) return refuse(response, 421, 'This server answers for loopback addresses only.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'There is nothing to change here.');
    const [asked = ''] = (request.url ?? '').split('?');
    const name = asked.startsWith(path) ? asked.slice(path.length) : undefined;
    const found = name === undefined ? undefined : answers.get(name);
    if (found !== undefined) {
      response.writeHead(200, { 'Content-Type': found.type, 'Content-Length': Buffer.byteLength(found.body) });
      response.end(request.method === 'HEAD' ? undefined : found.body);
    } else if (name === LOG && log !== undefined) await sendLog(log, request.method, response);
    else refuse(response, 404, 'There is no such page.');
  }

  return {
    path,
    listener: (request, response) => {
      // A reader who goes away, or a disk that fails: the page says that the log could not be loaded.
      answer(request, response).catch(() => response.destroy());
    },
  };
}

const HEADERS = new Map([
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cache-Control', 'no-store'],
]);

/** By number or by `localhost`, at whatever port. */
function isLoopback(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?$/i.test(host);
}

async function sendLog(log: GivenLog, method: string, response: ServerResponse): Promise<void> {
  const size = await log.size();
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size });
  if (method === 'HEAD' || size === 0) response.end();
  else await pipeline(log.read(size), response);
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...(status === 405 ? { Allow: 'GET, HEAD' } : {}) });
  response.end(`${reason}\n`);
}
