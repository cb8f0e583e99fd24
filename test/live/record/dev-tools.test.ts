/** The protocol over pipes, with a browser that the test plays. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { DevTools, DevToolsError, type DevToolsEvent } from '../../../src/live/record/dev-tools.ts';

function connect() {
  const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()];
  const say = (...messages: readonly object[]): void => {
    fromBrowser.write(messages.map((message) => `${JSON.stringify(message)}\0`).join(''));
  };
  return { devTools: new DevTools(toBrowser, fromBrowser), toBrowser, fromBrowser, say };
}

test('a call is one message, and gets the answer with its number', async () => {
  const { devTools, toBrowser, say } = connect();
  const first = devTools.call('A.b', { x: 1 });
  const second = devTools.call('C.d', {}, 'S');
  expect(String(toBrowser.read())).toBe('{"id":1,"method":"A.b","params":{"x":1}}\0{"id":2,"method":"C.d","params":{},"sessionId":"S"}\0');
  say({ id: 2, result: { of: 'second' } }, { id: 1, result: { of: 'first' } });
  expect([await first, await second]).toEqual([{ of: 'first' }, { of: 'second' }]);
});

test('messages are put together from pieces, cut within a character too', async () => {
  const { devTools, fromBrowser } = connect();
  const answer = devTools.call('A.b');
  const bytes = Buffer.from('{"id":1,"result":{"text":"ü"}}\0');
  for (const byte of bytes) fromBrowser.write(Buffer.of(byte));
  expect(await answer).toEqual({ text: 'ü' });
});

test('events go to those who listen, until they have enough', async () => {
  const { devTools, say } = connect();
  const heard: DevToolsEvent[] = [];
  const stop = devTools.listen((event) => heard.push(event));
  const answer = devTools.call('A.b');
  say({ method: 'Page.x', params: { n: 1 }, sessionId: 'S' }, { id: 1 });
  await answer;
  stop();
  const next = devTools.call('A.b');
  say({ method: 'Page.x', params: { n: 2 } }, { id: 2 });
  await next;
  expect(heard).toEqual([{ method: 'Page.x', params: { n: 1 }, sessionId: 'S' }]);
});

test('a refusal is an error', async () => {
  const { devTools, say } = connect();
  const answer = devTools.call('A.b');
  say({ id: 1, error: { message: 'No such method' } });
  await expect(answer).rejects.toThrow(new DevToolsError('No such method'));
});

test('when the browser goes, those who wait are told, and so is who calls afterwards', async () => {
  const { devTools, fromBrowser } = connect();
  const answer = devTools.call('A.b');
  fromBrowser.destroy();
  await expect(answer).rejects.toThrow(DevToolsError);
  await expect(devTools.call('A.b')).rejects.toThrow(DevToolsError);
});
