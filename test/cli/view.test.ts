/** `view [TRACE]`: what the server answers, to whom, and what it never gives away. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { netlogAnalyze } from './harness.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'netlog-analyze-view-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running: (() => Promise<number>)[] = [];
afterEach(async () => {
  for (const end of running.splice(0)) await end();
});

/** The command as it runs; `end` interrupts it. */
async function view(words: readonly string[], stdin = ''): Promise<{ address: URL; end: () => Promise<number> }> {
  const interrupted = new AbortController();
  const stdout = new PassThrough();
  const exitCode = run(['view', ...words], { stdin: new PassThrough().end(stdin), stdout, stderr: new PassThrough(), env: {}, signal: interrupted.signal });
  const end = async (): Promise<number> => {
    interrupted.abort();
    return exitCode;
  };
  running.push(end);
  const [line] = await Promise.race([once(stdout, 'data'), exitCode.then(() => Promise.reject(new Error('it did not begin')))]);
  return { address: new URL(String(line).trim()), end };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `path`: sent as it is, where a URL would have its dots resolved. */
async function ask(address: URL | string, headers: Record<string, string> = {}, method = 'GET', path?: string): Promise<Answer> {
  const asked = request(address, { headers, method, agent: false, ...(path === undefined ? {} : { path }) }).end();
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

const policyOf = ({ headers }: Answer): string => String(headers['content-security-policy']);

describe('the page', () => {
  test('lies at the address that is printed, with a policy that lets nothing else run or load', async () => {
    const { address } = await view([]);
    expect(address.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await ask(address);
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cross-origin-resource-policy': 'same-origin', 'x-content-type-options': 'nosniff' } });
    expect(policyOf(page).split('; ')).toEqual(["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "worker-src 'self'", "connect-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]);
    for (const name of ['page.js', 'page.css', 'analysis-worker.js', 'icon.svg']) {
      const file = await ask(new URL(name, address));
      expect(file.status, name).toBe(200);
      expect(policyOf(file), 'a worker has the policy of its own script').toBe(policyOf(page));
    }
  });

  test('is the same by the name of this machine to itself, over IPv4 and IPv6', async () => {
    const { address } = await view([]);
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) expect((await ask(address, { host: `${host}:${address.port}` })).status, host).toBe(200);
    const hasIpv6 = Object.values(networkInterfaces()).flat().some((own) => own?.address === '::1');
    if (hasIpv6) expect((await ask(`http://[::1]:${address.port}/`)).status).toBe(200);
  });

  test('is not for other names that lead here', async () => {
    const { address } = await view([]);
    for (const host of ['rebound.example', `127.0.0.1.example:${address.port}`, 'localhost.example', '127.0.0.2', '[::2]']) {
      expect(await ask(address, { host }), host).toMatchObject({ status: 421, body: 'This server answers for loopback addresses only.\n' });
    }
  });

  test('is not to be had at other addresses of this machine', async () => {
    const { address } = await view([]);
    const others = Object.values(networkInterfaces()).flatMap((own) => (own ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'));
    for (const other of others) await expect(ask(`http://${other.address}:${address.port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('is all there is: no other file, no other method', async () => {
    const { address } = await view([]);
    for (const path of ['/log', '/page.js/', '/..%2fpage.js', '/%2e%2e/%2e%2e/package.json', '/../../package.json', '//etc/passwd', '/package.json', '/main.js', '/favicon.ico', '/__proto__'])
      expect(await ask(address, {}, 'GET', path), path).toMatchObject({ status: 404, body: 'There is no such page.\n' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect(await ask(address, {}, method), method).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(await ask(address, {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(Object.keys((await ask(address)).headers).filter((name) => name.startsWith('access-control')), 'nothing for other sites').toEqual([]);
  });
});

describe('a given log', () => {
  test('lies where nobody can guess, and nowhere else', async () => {
    const path = join(folder, 'log <b>.json');
    writeFileSync(path, 'the log');
    const { address } = await view([path]);
    expect(address.pathname).toMatch(/^\/[\w-]{22}\/$/);
    const page = await ask(address);
    expect(page.body).toContain(`"name":${JSON.stringify(path).replace('<', '\\u003c')}`);
    expect(page.body).not.toContain('<b>');
    expect(policyOf(page)).toContain("connect-src 'self'");
    expect(await ask(new URL('log', address))).toMatchObject({ status: 200, body: 'the log', headers: { 'content-length': '7', 'cache-control': 'no-store' } });
    for (const wrong of ['/', '/log', '/page.js', `${address.pathname.slice(0, -1)}`, `${address.pathname}x`, '/AAAAAAAAAAAAAAAAAAAAAA/log']) expect((await ask(address.origin + wrong)).status, wrong).toBe(404);
    expect((await view([path])).address.pathname).not.toBe(address.pathname);
  });

  test('is the file that was there at the start, as long as it is now', async () => {
    const path = join(folder, 'growing.json');
    writeFileSync(path, 'one');
    const { address } = await view([path]);
    writeFileSync(path, ' two', { flag: 'a' });
    expect((await ask(new URL('log', address))).body).toBe('one two');
    renameSync(path, join(folder, 'moved.json'));
    writeFileSync(path, 'a secret');
    expect((await ask(new URL('log', address))).body).toBe('one two');
    writeFileSync(join(folder, 'moved.json'), '');
    expect(await ask(new URL('log', address))).toMatchObject({ status: 200, body: '' });
  });

  test('comes through a pipe, too', async () => {
    const { address } = await view(['-'], 'from stdin');
    expect((await ask(address)).body).toContain('"name":"stdin"');
    expect((await ask(new URL('log', address))).body).toBe('from stdin');
  });

  test.each([
    ['missing.json', 'no such file'],
    ['.', 'is a directory, not a NetLog'],
    ['/dev/null', 'is no file that can be read twice; view - reads stdin'],
  ])('%s is told in one line', async (path, reason) => {
    const given = path.startsWith('/') ? path : join(folder, path);
    expect(await netlogAnalyze(['view', given])).toEqual({ exitCode: 3, stdout: '', stderr: `netlog-analyze: ${given}: ${reason}\n` });
  });
});

describe('the server', () => {
  test('ends when it is interrupted, which is no failure', async () => {
    const { address, end } = await view([]);
    expect(await end()).toBe(0);
    await expect(ask(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('takes the port that is asked for, and says if it is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    expect(await netlogAnalyze(['view', '--port', port])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `netlog-analyze: port ${port} is in use; --port 0 takes a free one (see netlog-analyze view --help)\n`,
    });
    other.close();
    await once(other, 'close');
    expect((await view(['--port', port])).address.port).toBe(port);
  });

  test.each(['65536', '-1', '80a', ''])('--port %s is a mistake', async (port) => {
    expect(await netlogAnalyze(['view', `--port=${port}`])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('--port takes a number from 0 to 65535') });
  });
});
