import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../page/chromium.ts';
import { allReceive, eventually, LANES, lanes, useDemo } from './house.ts';

describe.skipIf(chromiumPath === undefined)('a demo that has ended, in a real browser', () => {
  const { visit, end } = useDemo();

  test('every lane says that it has lost its server', async () => {
    const { page } = await visit();
    await allReceive(page, 1);
    await end();
    const states = async () => {
      const shown = await lanes(page);
      return new Set(LANES.map((name) => shown[name].state));
    };
    await eventually(states).toEqual(new Set(['reconnecting …']));
    expect(await page.locator('.trouble').textContent()).toContain('not there any more');
  });
});
