import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromiumPath, FLAGS } from '../../page/chromium.ts';
import { BIN } from '../../rtbench.ts';

/** A page of the demo, and everything on its console that the browser itself did not write of broken connections. */
export interface Visited {
  readonly page: Page;
  readonly troubles: string[];
}

/** Chromium writes these for every request that comes to nothing, whoever expected it. */
const OF_CONNECTIONS = /^(Failed to load resource|WebSocket connection to|Access to fetch)/;

/** The real command and a browser for the tests of one file; both are gone after them. */
export function useDemo(args: readonly string[] = []) {
  let demo: ChildProcess;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    const command = [BIN, 'demo', '--port', '0', '--for', '5m', ...args];
    demo = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
    if (demo.stdout === null) throw new Error('nothing to read');
    [url] = String((await once(demo.stdout, 'data'))[0]).split('\n') as [string];
    browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS });
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
  afterAll(async () => {
    if (chromiumPath === undefined) return;
    await browser.close();
    await end();
  });
  const end = async () => {
    if (demo.kill()) await once(demo, 'close');
  };
  return {
    end,
    browser: () => browser,
    /** Opens the page at what the fragment leads to; its lanes where there is none. */
    async visit(options: BrowserContextOptions = {}, fragment = ''): Promise<Visited> {
      const viewport = { width: 1280, height: 900 };
      const context = await browser.newContext({ viewport, locale: 'en-US', ...options });
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on('console', (line) => {
        if (line.type() === 'error' && !OF_CONNECTIONS.test(line.text())) troubles.push(line.text());
      });
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('dialog', (dialog) => {
        troubles.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(`${url}${fragment}`);
      await page.locator('[role="tabpanel"]:visible > *').waitFor();
      return { page, troubles };
    },
  };
}

/** What a lane shows. */
export interface Shown {
  readonly state: string;
  readonly received: number;
  readonly lost: number;
  readonly requests: number;
  readonly empty: number;
  /** The middle of the last minute. */
  readonly minuteMs: number;
}

export const LANES = ['polling', 'longpoll', 'streaming', 'websocket', 'socketio'] as const;
type Name = (typeof LANES)[number];

/** What one lane shows now. */
export async function lane(page: Page, name: Name): Promise<Shown> {
  const texts = await page.evaluate<string[]>(`(() => {
    const lane = document.querySelector('.lane[data-lane="${name}"]');
    const figure = (name) => lane.querySelector('[data-figure="' + name + '"] dd > span').textContent;
    const [state, empty, minute] = ['.state', '.empty', '.minute'].map((part) => lane.querySelector(part).textContent);
    return [state, figure('received'), figure('lost'), figure('requests'), empty, minute];
  })()`);
  const [state = '', received, lost, requests, empty, minute = ''] = texts;
  const number = (text = '') => Number(text.replace(/[^\d.]/g, ''));
  return {
    state,
    received: number(received),
    lost: number(lost),
    requests: number(requests),
    empty: number(empty),
    minuteMs: number(minute) * (/\ds|\d s$/.test(minute) ? 1000 : 1),
  };
}

/** What all lanes show now. */
export async function lanes(page: Page): Promise<Record<Name, Shown>> {
  const [polling, longpoll, streaming, websocket, socketio] = await Promise.all(
    LANES.map((name) => lane(page, name)),
  );
  if (!polling || !longpoll || !streaming || !websocket || !socketio) throw new Error('a lane is missing');
  return { polling, longpoll, streaming, websocket, socketio };
}

/** Moves a slider to one of its steps, counted from 0. */
export async function slide(page: Page, setting: string, step: number): Promise<void> {
  await page.locator(`[data-setting="${setting}"] input`).fill(String(step));
}

/** Waits for what comes in the end, on however busy a machine. */
export function eventually<Seen>(look: () => Seen) {
  return expect.poll(look, { timeout: 20_000 });
}

/** Waits until every lane has its connection and so many messages at least. */
export async function allReceive(page: Page, atLeast: number, names: readonly Name[] = LANES): Promise<void> {
  const behind = async () => {
    const now = await lanes(page);
    return names.filter((name) => now[name].received < atLeast || /^$|connecting/.test(now[name].state));
  };
  await eventually(behind).toEqual([]);
}
