import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { light } from '../../src/report/charts/palette.ts';
import { figure } from '../../src/report/numbers.ts';
import { hostileReport, sampleReport } from '../report/sample.ts';
import { chromiumPath, pixelsOf, useChromium } from './chromium.ts';

const BLUE = light.transports.websocket ?? '';

describe.skipIf(chromiumPath === undefined)('a report as a page, in a real browser', () => {
  const { make, open } = useChromium();
  const report = sampleReport();
  let path: Promise<string> | undefined;
  const made = () => (path ??= make('sample', report));

  test('opens from disk without an error, a refusal or a request, and every picture answers', async () => {
    const { page, troubles } = await open(await made());
    expect(await page.locator('h1').textContent()).toBe('broadcast');
    expect(await page.locator('figure').count()).toBeGreaterThanOrEqual(4);
    expect(await page.locator('figure .static svg').count()).toBe(await page.locator('figure').count());
    expect(troubles).toEqual([]);
  });

  test('without JavaScript everything but the interaction is there', async () => {
    const { page, troubles } = await open(await made(), { javaScriptEnabled: false });
    expect(await page.locator('figure .static svg').first().isVisible()).toBe(true);
    expect(await page.locator('#figures table').isVisible()).toBe(true);
    expect(await page.locator('#theme').isVisible()).toBe(false);
    await page.locator('figure summary').first().click();
    expect(await page.locator('figure details table').first().isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });

  test('a click in the legend takes a transport away, and another brings it back', async () => {
    const { page } = await open(await made());
    const count = async () => (await pixelsOf(page, 'percentiles', BLUE)).count;
    const button = page.locator('#chart-percentiles').getByRole('button', { name: 'websocket' });
    const before = await count();
    expect(before).toBeGreaterThan(50);
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(count).toBe(0);
    await button.click();
    await expect.poll(count).toBe(before);
  });

  test('a tooltip tells the figure of what is under the pointer', async () => {
    const { page } = await open(await made());
    await page.locator('#chart-cpu .live').scrollIntoViewIfNeeded();
    const { x, y } = await pixelsOf(page, 'cpu', BLUE);
    await page.mouse.move(x, y, { steps: 4 });
    const tooltip = page.locator('#chart-cpu .tooltip');
    await tooltip.waitFor();
    const cpu = report.summaries.find(({ transport }) => transport === 'websocket')?.metrics;
    expect(await tooltip.textContent()).toContain(figure(cpu?.serverCpuPerMessageUs?.median, 2));
  });

  test("tables hold the report's own figures", async () => {
    const { page } = await open(await made());
    for (const { transport, metrics } of report.summaries) {
      const row = page.locator('#figures tbody tr', { has: page.locator('th', { hasText: transport }) });
      const shown = await row.first().locator('td').first().textContent();
      expect(shown?.trim()).toContain(figure(metrics.latencyP50Ms?.median, 2));
      expect(shown).toContain(figure(metrics.latencyP50Ms?.low, 2));
    }
    const numbers = page.locator('#chart-cpu details tbody tr');
    expect(await numbers.count()).toBe(report.summaries.length);
  });

  test('the download is the report, byte for byte as JSON is written', async () => {
    const { page } = await open(await made());
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download').click()]);
    expect(download.suggestedFilename()).toMatch(/\.json$/);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toBe(`${JSON.stringify(report, null, 2)}\n`);
  });

  test('light and dark change at a click and are forgotten with the page', async () => {
    const { page } = await open(await made(), { colorScheme: 'light' });
    const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const white = await background();
    await page.locator('#theme').click();
    expect(await background()).not.toBe(white);
    await expect.poll(async () => (await pixelsOf(page, 'cpu', BLUE)).count).toBe(0);
    await page.reload();
    expect(await background()).toBe(white);
  });

  test('a phone shows it without scrolling sideways', async () => {
    const { page } = await open(await made(), { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const widest =
      'Math.max(...[...document.querySelectorAll("figure canvas")].map((one) => one.clientWidth))';
    expect(await page.evaluate(widest)).toBeLessThan(360);
  });

  test('everything is reached and worked by keys', async () => {
    const { page } = await open(await made(), { colorScheme: 'light' });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    const chart = page.locator('#chart-cpu .live');
    await chart.focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('#chart-cpu [aria-live]').textContent()).toContain('polling');
    await page.locator('#chart-cpu summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#chart-cpu details table').isVisible()).toBe(true);
  });

  test('axe finds nothing serious in light or dark', async () => {
    const axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(await made(), { colorScheme });
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      await page.evaluate(axe);
      const found = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
        'axe.run().then(({ violations }) => violations)',
      );
      const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });

  test('nothing in a hostile report becomes an element, an attribute or a script', async () => {
    const { page, troubles } = await open(await make('hostile', hostileReport()));
    expect(await page.locator('script:not([type])').count()).toBe(2);
    expect(await page.locator('h1').textContent()).toContain('<script>alert(1)</script>');
    const names = await page.evaluate<string[]>(
      `[...new Set([...document.querySelectorAll('main *')].flatMap((one) => one.getAttributeNames()))]`,
    );
    const odd = names.filter((name) => name.startsWith('on') || /[^a-z-:\d]/i.test(name));
    expect(odd.filter((name) => name !== '_echarts_instance_')).toEqual([]);
    const ids = await page.evaluate<string[]>('[...document.querySelectorAll("[id]")].map(({ id }) => id)');
    expect(ids.filter((id) => !/^[a-z\d-]+$/.test(id))).toEqual([]);
    expect(troubles).toEqual([]);
  });
});
