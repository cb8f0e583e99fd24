/** Loads a page, and waits until it has loaded all that it wants. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Millis } from '../../units.ts';
import type { DevTools } from './dev-tools.ts';

export type PageOutcome =
  /** `idle`: no request for half a second, before the time was over. */
  | { readonly state: 'loaded'; readonly idle: boolean; readonly afterMs: Millis }
  /** The net error as the browser tells it, such as `net::ERR_NAME_NOT_RESOLVED`. */
  | { readonly state: 'failed'; readonly error: string; readonly afterMs: Millis }
  | { readonly state: 'timed-out'; readonly afterMs: Millis };

/** An answer of any status counts as a page. @throws DevToolsError if the browser goes */
export async function loadPage(devTools: DevTools, url: string, timeoutMs: Millis): Promise<PageOutcome> {
  const { targetId } = await devTools.call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devTools.call('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  await devTools.call('Page.enable', {}, session);
  await devTools.call('Page.setLifecycleEventsEnabled', { enabled: true }, session);

  const life = watchLife(devTools, session, String(targetId));
  const startedAt = performance.now();
  const afterMs = (): Millis => Math.round(performance.now() - startedAt);
  const timeout = new AbortController();
  const late = delay(timeoutMs, 'late' as const, { signal: timeout.signal }).catch(() => 'late' as const);
  try {
    const answer = await Promise.race([devTools.call('Page.navigate', { url }, session), late]);
    if (answer === 'late') return { state: 'timed-out', afterMs: afterMs() };
    const error = answer['errorText'];
    if (typeof error === 'string' && error !== '') return { state: 'failed', error, afterMs: afterMs() };
    const idle = (await Promise.race([life.idle, late])) !== 'late';
    return life.loadedAt() === undefined ? { state: 'timed-out', afterMs: afterMs() } : { state: 'loaded', idle, afterMs: Math.round((life.loadedAt() ?? 0) - startedAt) };
  } finally {
    timeout.abort();
    life.stop();
  }
}

interface Life {
  /** Of the page that is there in the end: one that leads on to another does not count. */
  readonly idle: Promise<void>;
  readonly loadedAt: () => number | undefined;
  readonly stop: () => void;
}

/** The main frame of a page has the id of its target. */
function watchLife(devTools: DevTools, session: string, frame: string): Life {
  let loader: unknown;
  let loadedAt: number | undefined;
  let isIdle = false;
  let idle = (): void => undefined;
  const whenIdle = new Promise<void>((resolve) => (idle = resolve));
  const stop = devTools.listen(({ method, params, sessionId }) => {
    if (method !== 'Page.lifecycleEvent' || sessionId !== session || params['frameId'] !== frame) return;
    const { name, loaderId } = params;
    if (name === 'init') {
      loader = loaderId;
      loadedAt = undefined;
      isIdle = false;
    }
    if (loaderId !== loader) return;
    if (name === 'load') loadedAt = performance.now();
    if (name === 'networkIdle') isIdle = true;
    if (isIdle && loadedAt !== undefined) idle();
  });
  return { idle: whenIdle, loadedAt: () => loadedAt, stop };
}
