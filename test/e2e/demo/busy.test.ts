import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../page/chromium.ts';
import { allReceive, lanes, slide, useDemo } from './house.ts';

const RATE_MOST = 10;
/** By then the pictures hold all that they ever hold. */
const FULL_AFTER = 5_000;
const LONG_TASK_MS = 100;

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time of its thread, which does not grow while others have the machine. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

describe.skipIf(chromiumPath === undefined)('two hundred events a second, in a real browser', () => {
  const { visit, browser } = useDemo();

  test('no task keeps the page from answering, and its memory stays flat', { timeout: 90_000 }, async () => {
    const { page, troubles } = await visit();
    const session = await page.context().newCDPSession(page);
    const heapBytes = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    };
    const nodes = () => page.evaluate<number>('document.querySelectorAll("*").length');
    await slide(page, 'eventsPerSecond', RATE_MOST);
    await allReceive(page, 1_000);
    const nodesBefore = await nodes();

    await browser().startTracing(page, { categories: ['toplevel'] });
    await allReceive(page, 1_400);
    const trace = await browser().stopTracing();
    const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
    const renderers = new Set(
      traceEvents
        .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
        .map(({ pid, tid }) => `${pid}:${tid}`),
    );
    const tasks = traceEvents.filter(({ pid, tid }) => renderers.has(`${pid}:${tid}`));
    const longest = Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(LONG_TASK_MS);

    const { websocket } = await lanes(page);
    await allReceive(page, Math.max(websocket.received, FULL_AFTER / 2));
    const before = await heapBytes();
    await allReceive(page, (await lanes(page)).websocket.received + 1_500);
    const grown = (await heapBytes()) - before;
    // Fifteen hundred events in five lanes, kept, would be more.
    expect(grown).toBeLessThan(1_000_000);
    expect(await nodes()).toBeLessThan(nodesBefore + 20);
    expect(troubles).toEqual([]);
  });
});
