/** The entry point for browsers gives what that for Node gives; that it needs no Node is held elsewhere. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as inNode from '../src/analyze.ts';
import { NetLogError, analyze, readNetLog, reconstruct } from '../src/browser.ts';
import { recorder } from './netlog/reading.ts';

const PATH = 'samples/v6-blackhole-hev3/netlog.json.gz';
const bytes = new Uint8Array(readFileSync(PATH));

async function* chunks(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000);
}

describe('netlog-analyze/browser', () => {
  it('analyses a Blob as Node does a file', async () => {
    expect(await analyze(new Blob([bytes]), { name: PATH })).toEqual(await inNode.analyze(PATH));
    expect(await reconstruct(new Blob([bytes]), { name: PATH })).toEqual(await inNode.reconstruct(PATH));
  });

  it('analyses chunks of bytes', async () => {
    expect(await analyze(chunks(), { name: PATH })).toEqual(await inNode.analyze(PATH));
  });

  it('calls the log by its own name, or by none', async () => {
    expect((await reconstruct(new File([bytes], 'mine.json.gz'))).trace.file).toBe('mine.json.gz');
    expect((await reconstruct(new Blob([bytes]))).trace.file).toBe('log');
    expect((await reconstruct(chunks())).trace.file).toBe('log');
  });

  it('gives events to a sink, those of a window alone if asked', async () => {
    const [whole, part, same] = [recorder(), recorder(), recorder()];
    const { complete } = await readNetLog(new Blob([bytes]), whole.sink);
    await readNetLog(new Blob([bytes]), part.sink, { window: { fromMs: 0, toMs: 500 } });
    await inNode.readNetLog(PATH, same.sink, { window: { fromMs: 0, toMs: 500 } });
    expect(complete).toBe(true);
    expect(whole.got.events).toHaveLength(1167);
    expect(part.got.events.length).toBeLessThan(1167);
    expect(part.got.events).toEqual(same.got.events);
  });

  it('tells how far it is, and stops when it is told to', async () => {
    const controller = new AbortController();
    const progress: unknown[] = [];
    const reading = analyze(new Blob([bytes]), { signal: controller.signal, onProgress: (step) => controller.abort(progress.push(step) && new Error('enough')) });
    await expect(reading).rejects.toThrow('enough');
    expect(progress).toEqual([{ bytesRead: expect.any(Number) as unknown, bytes: bytes.length }]);
  });

  it('refuses what is no log', async () => {
    await expect(analyze(new Blob(['hello']))).rejects.toBeInstanceOf(NetLogError);
    await expect(analyze(new Blob([]))).rejects.toMatchObject({ code: 'empty' });
  });
});
