import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasRedisServer } from '../../cluster/redis.ts';
import { chromiumPath } from '../../page/chromium.ts';
import { eventually, slide, useDemo } from './house.ts';

const RATE_TWENTY = 7;

/** How many events each client has heard and missed, by its node and transport. */
function ears(page: Page): Promise<Record<string, { readonly heard: number; readonly missing: number }>> {
  return page.evaluate(`Object.fromEntries([...document.querySelectorAll('.ear')].map(({ dataset }) => [
    dataset.node + ' ' + dataset.transport,
    { heard: Number(dataset.count), missing: Number(dataset.missing) },
  ]))`);
}

describe.skipIf(chromiumPath === undefined || !hasRedisServer())('the cluster, in a real browser', () => {
  const { visit } = useDemo();

  test('node B hears by the adapter alone, not while Redis is gone, and again when it is back', {
    timeout: 90_000,
  }, async () => {
    const { page, troubles } = await visit();
    await slide(page, 'eventsPerSecond', RATE_TWENTY);
    await page.getByRole('tab', { name: 'Cluster' }).click();
    const told = () => page.locator('.story').textContent();
    const of = async (node: string) =>
      Object.entries(await ears(page)).flatMap(([name, ear]) => (name.startsWith(node) ? [ear] : []));
    const leastHeard = async (node: string) => Math.min(...(await of(node)).map(({ heard }) => heard));
    const leastMissing = async (node: string) => Math.min(...(await of(node)).map(({ missing }) => missing));

    await page.getByLabel('Adapter').uncheck();
    await page.getByLabel('Two nodes').check();
    await eventually(told).toContain('Without an adapter, clients of node B hear nothing');
    await eventually(() => leastHeard('A')).toBeGreaterThan(20);
    await eventually(() => leastMissing('B')).toBeGreaterThan(20);
    expect(await of('B')).toMatchObject([{ heard: 0 }, { heard: 0 }]);

    await page.getByLabel('Adapter').check();
    await eventually(told).toContain('clients of both nodes hear all of it');
    await eventually(() => leastHeard('B')).toBeGreaterThan(20);
    await eventually(() => of('B')).toMatchObject([{ missing: 0 }, { missing: 0 }]);

    await page.getByRole('button', { name: 'Kill Redis' }).click();
    await eventually(told).toContain('Redis is gone');
    await eventually(() => leastMissing('B')).toBeGreaterThan(20);
    const [before, ownBefore] = [await leastHeard('B'), await leastHeard('A')];
    await eventually(() => leastHeard('A')).toBeGreaterThan(ownBefore + 20);
    expect(await leastHeard('B')).toBe(before);

    await page.getByRole('button', { name: 'Start Redis again' }).click();
    await eventually(told).toContain('joined again by themselves');
    await eventually(() => leastHeard('B')).toBeGreaterThan(before + 20);
    expect(await leastMissing('A')).toBe(0);
    expect(troubles).toEqual([]);
  });
});
