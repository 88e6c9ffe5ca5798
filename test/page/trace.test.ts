import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardOf } from '../../src/report/trace/svg/card.ts';
import { broken, hostile, longpoll, sampleTrace, socketio, websocket } from '../report/trace/sample.ts';
import { chromiumPath, useChromium } from './chromium.ts';

const ARROWS = 'g.step:visible';

describe.skipIf(chromiumPath === undefined)('a trace as a page, in a real browser', () => {
  const { make, open } = useChromium();
  const trace = sampleTrace(websocket());
  let path: Promise<string> | undefined;
  const made = () => (path ??= make('trace', trace));
  const told = (page: Page) => page.locator('#told').textContent();

  test('an arrow under the pointer tells its parts and bits, and a click holds them', async () => {
    const { page, troubles } = await open(await made());
    const masked = page.locator(ARROWS, { hasText: 'text frame, masked' });
    await masked.hover();
    expect(await told(page)).toContain('masking key');
    expect(await told(page)).toContain('11 bytes');
    await masked.click();
    await page.locator(ARROWS, { hasText: 'GET /ws' }).hover();
    expect(await told(page)).toContain('masking key');
    await page.keyboard.press('Escape');
    await page.locator(ARROWS, { hasText: 'ping' }).hover();
    expect(await told(page)).toContain('The server asks whether somebody is there.');
    expect(troubles).toEqual([]);
  });

  test('one Tab reaches the drawing, arrow keys walk it, Enter holds, Escape lets go', async () => {
    const { page } = await open(await made());
    const steps = trace.conversations[0]?.events.filter(({ kind }) => kind === 'step') ?? [];
    await page.locator(ARROWS).first().focus();
    expect(await told(page)).toContain('GET /ws');
    await page.keyboard.press('ArrowDown');
    expect(await told(page)).toContain('Sec-WebSocket-Accept');
    await page.keyboard.press('Enter');
    expect(await page.locator('g.step[aria-pressed=true]').count()).toBe(1);
    await page.keyboard.press('End');
    expect(await page.evaluate('document.activeElement.dataset.step')).toBe(String(steps.length - 1));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('told');
    await page.keyboard.press('Escape');
    expect(await told(page)).toContain('Point at an arrow');
  });

  test('without JavaScript every step is in a list with all it carries', async () => {
    const { page, troubles } = await open(await made(), { javaScriptEnabled: false });
    expect(await page.locator('.drawing svg:visible').count()).toBe(1);
    expect(await page.locator('#told').isVisible()).toBe(false);
    const step = page.locator('.steps details', { hasText: 'text frame, masked' });
    await step.locator('summary').click();
    expect(await step.locator('.what').textContent()).toContain('masking key');
    expect(troubles).toEqual([]);
  });

  test('the download is the trace', async () => {
    const { page } = await open(await made());
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download').click()]);
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual(trace);
  });

  test('a phone shows one or two of them without scrolling sideways, in letters that can be read', async () => {
    const two = await make('two', sampleTrace(longpoll(), socketio(40)));
    for (const file of [await made(), two]) {
      const { page } = await open(file, { viewport: { width: 360, height: 740 } });
      await page.locator(ARROWS).nth(2).click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      const box = await page.locator(`${ARROWS} text`).first().boundingBox();
      expect(box?.height).toBeGreaterThan(9);
    }
  });

  test('axe finds nothing serious in light or dark', async () => {
    const axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(await made(), { colorScheme });
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      await page.locator(ARROWS).nth(1).click();
      await page.evaluate(axe);
      const found = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
        'axe.run().then(({ violations }) => violations)',
      );
      const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });

  test('nothing in a hostile trace becomes an element, an attribute or a script', async () => {
    const { page, troubles } = await open(await make('hostile', sampleTrace(hostile())));
    expect(await page.locator('script:not([type])').count()).toBe(2);
    await page.locator(ARROWS).first().click();
    expect(await told(page)).toContain('<script>alert(1)</script>');
    expect(await page.locator('main script, main img, main [onerror]').count()).toBe(0);
    expect(troubles).toEqual([]);
  });
});

describe.skipIf(chromiumPath === undefined)('a trace as a still drawing, in a real browser', () => {
  const { open } = useChromium();
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rtbench-svg-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['long polling', [longpoll()]],
    ['far away', [longpoll(100)]],
    ['socket.io', [socketio()]],
    ['a fault', [broken()]],
    ['two beside each other', [longpoll(), websocket()]],
    ['hostile', [hostile()]],
  ])('no text of %s is cut, or stands on another', async (name, conversations) => {
    const file = join(folder, `${name}.svg`);
    writeFileSync(file, cardOf(sampleTrace(...conversations)));
    const { page, troubles } = await open(file, { viewport: { width: 1000, height: 2000 } });
    expect(troubles).toEqual([]);
    const found = await page.evaluate<string[]>(`(() => {
      const sheet = document.documentElement.getBoundingClientRect();
      const seen = [...document.querySelectorAll('text')].map((one) => {
        // As it would stand if it were level: what is slanted fills only part of its box.
        const { x, y, width, height } = one.getBBox();
        const corner = new DOMPoint(x + width / 2, y + height / 2).matrixTransform(one.getScreenCTM());
        return { text: one.textContent, x: corner.x - width / 2, y: corner.y - height / 2, width, height };
      });
      const wrong = seen.filter((one) => one.x < 0 || one.x + one.width > sheet.right || one.y + one.height > sheet.bottom);
      const over = seen.flatMap((one, at) => seen.slice(at + 1).filter((other) =>
        Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > 1 &&
        Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > 3
      ).map((other) => one.text + ' on ' + other.text));
      return [...wrong.map(({ text }) => text + ' is cut'), ...over];
    })()`);
    expect(found).toEqual([]);
  });
});
