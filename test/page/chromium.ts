import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { rtbench } from '../rtbench.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** How it runs without a screen and on its own. */
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** The system's Chromium; undefined where there is none. */
export const chromiumPath = PLACES.find((path) => existsSync(path));
if (chromiumPath === undefined) console.warn('skipped: chromium is not installed');

/** A page that is open, and everything that it did beyond showing itself. */
export interface Opened {
  readonly page: Page;
  /** Errors on the console, refused by the policy or thrown; dialogs; requests beyond the file. */
  readonly troubles: string[];
}

/** A browser and a folder for the tests of one file; both are gone after them. */
export function useChromium() {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    folder = await mkdtemp(join(tmpdir(), 'rtbench-page-'));
    browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS });
  });
  afterAll(async () => {
    if (chromiumPath === undefined) return;
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    /** Writes a result to a file and makes its page by the real command. */
    async make(name: string, result: unknown): Promise<string> {
      const [json, html] = [join(folder, `${name}.json`), join(folder, `${name}.html`)];
      await writeFile(json, JSON.stringify(result));
      const { code, stderr } = await rtbench(['report', json, '--out', html]);
      if (code !== 0) throw new Error(stderr);
      return html;
    },
    async open(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on('console', (line) => line.type() === 'error' && troubles.push(line.text()));
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(path).href) troubles.push(request.url());
      });
      page.on('dialog', (dialog) => {
        troubles.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(pathToFileURL(path).href);
      if (options.javaScriptEnabled !== false) {
        const figures = await page.locator('figure').count();
        await page.waitForFunction(`document.querySelectorAll('figure canvas').length === ${figures}`);
      }
      return { page, troubles };
    },
  };
}

/** How many pixels of a chart have exactly this colour, and where one in their midst is. */
export async function pixelsOf(page: Page, chart: string, colour: string) {
  const found = await page.evaluate<{ count: number; x: number; y: number }>(`(() => {
    const canvas = document.querySelector('#chart-${chart} canvas');
    const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const wanted = Number.parseInt('${colour.slice(1)}', 16);
    const at = [];
    for (let place = 0; place < data.length; place += 4) {
      if (data[place] * 65536 + data[place + 1] * 256 + data[place + 2] === wanted) at.push(place / 4);
    }
    const middle = at[Math.floor(at.length / 2)] ?? 0;
    const box = canvas.getBoundingClientRect();
    const scale = box.width / width;
    return { count: at.length, x: box.x + (middle % width) * scale, y: box.y + Math.floor(middle / width) * scale };
  })()`);
  return found;
}
