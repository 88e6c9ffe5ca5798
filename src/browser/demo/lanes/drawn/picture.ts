import { type Palette, tintOf } from '../../../../report/charts/palette.ts';
import type { Phase } from '../../clients/client.ts';
import { type Trail, WINDOW_MS } from '../seen/trail.ts';
import type { Sheet } from './sheet.ts';

/** Where things stand, from above, in pixels. */
const SERVER_Y = 16;
const BAND_PX = 14;
const BAND_BELOW_PX = 14;
const LABEL = '11px system-ui, sans-serif';
/** A request is seen however quickly it is answered. */
const LEAST_BAR_PX = 3;
/** Slanted lines nearer than this would be a plane. */
const APART_PX = 3;
const DOT_PX = 3;

/** How one lane is drawn. */
export interface Look {
  readonly palette: Palette;
  readonly colours: Readonly<Record<string, string>>;
  /** Whether it is the requests that carry messages, by what carries. */
  readonly isAsking: (carrying: string) => boolean;
  readonly words: { readonly server: string; readonly browser: string };
}

/** Draws the last seconds: the server above, the browser below, now at the right. */
export function drawTrail(sheet: Sheet, trail: Trail, look: Look, nowMs: number): void {
  const { pen, width, height } = sheet;
  const x = (ms: number) => width - ((nowMs - ms) / WINDOW_MS) * width;
  const band = height - BAND_BELOW_PX - BAND_PX;
  const place = { x, band, width, nowMs };
  pen.clearRect(0, 0, width, height);
  drawSeconds(sheet, look, x, nowMs);
  drawStretches(sheet, trail, look, place);
  drawRequests(sheet, trail, look, place);
  drawMessages(sheet, trail, look, place);
  drawSaid(sheet, trail, look, place);
  drawLabels(sheet, look);
}

interface Place {
  readonly x: (ms: number) => number;
  readonly band: number;
  readonly width: number;
  readonly nowMs: number;
}

function drawSeconds({ pen, width, height }: Sheet, { palette }: Look, x: Place['x'], nowMs: number): void {
  pen.fillStyle = palette.line;
  for (let ms = Math.floor(nowMs / 1000) * 1000; nowMs - ms < WINDOW_MS; ms -= 1000)
    pen.fillRect(Math.round(x(ms)), SERVER_Y, 1, height - SERVER_Y - BAND_BELOW_PX);
  pen.fillRect(0, SERVER_Y, width, 1);
}

/** The connection: a line while it is there, nothing but a dashed one while it is not. */
function drawStretches({ pen }: Sheet, { stretches }: Trail, look: Look, { x, band, width }: Place): void {
  const middle = band + BAND_PX / 2;
  for (const [index, { startMs, phase, carrying }] of stretches.entries()) {
    const start = Math.max(0, x(startMs));
    const end = Math.min(width, x(stretches[index + 1]?.startMs ?? Number.POSITIVE_INFINITY));
    if (end <= 0 || Number.isNaN(end)) continue;
    const thickness = look.isAsking(carrying) ? 1 : BAND_PX / 2;
    if (phase === 'open') {
      pen.fillStyle = look.colours[carrying] ?? look.palette.faint;
      pen.fillRect(start, middle - thickness / 2, end - start, thickness);
    } else if (phase !== 'closed') drawBreak(pen, phase, look, { start, end, middle });
  }
}

function drawBreak(
  pen: CanvasRenderingContext2D,
  phase: Phase,
  { palette }: Look,
  { start, end, middle }: { readonly start: number; readonly end: number; readonly middle: number },
): void {
  const colour = phase === 'lost' ? palette.alarm : palette.faint;
  if (phase === 'lost') {
    pen.fillStyle = tintOf(colour, palette);
    pen.fillRect(start, middle - BAND_PX / 2, end - start, BAND_PX);
  }
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.setLineDash([3, 4]);
  line(pen, start, middle, end, middle);
  pen.setLineDash([]);
}

/** From asking to answer: filled where it brought something, pale where it came back empty, open where it hangs. */
function drawRequests({ pen }: Sheet, { requests }: Trail, look: Look, { x, band, width }: Place): void {
  let last = Number.POSITIVE_INFINITY;
  for (let index = requests.length - 1; index >= 0; index--) {
    const request = requests[index];
    if (request === undefined) break;
    const { startMs, endMs, messages, carrying } = request;
    const end = endMs === null ? width : x(endMs);
    if (end < 0) break;
    const start = x(startMs);
    if (endMs !== null && last - start < 1) continue;
    last = start;
    const colour = look.colours[carrying] ?? look.palette.faint;
    const wide = Math.max(LEAST_BAR_PX, end - start);
    const isEmpty = messages === 0 || endMs === null;
    pen.fillStyle =
      messages === null && endMs !== null
        ? look.palette.alarm
        : isEmpty
          ? tintOf(colour, look.palette)
          : colour;
    pen.fillRect(start, band, wide - (wide > 6 ? 1 : 0), BAND_PX);
    if (endMs === null) {
      pen.fillStyle = colour;
      pen.fillRect(start, band, 2, BAND_PX);
    }
  }
}

function drawMessages({ pen }: Sheet, { messages }: Trail, look: Look, { x, band, nowMs }: Place): void {
  const colour = look.palette.text;
  let last = Number.POSITIVE_INFINITY;
  const shown: { from: number; to: number; isOwn: boolean }[] = [];
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (message === undefined || nowMs - message.landedMs > WINDOW_MS) break;
    const to = x(message.landedMs);
    if (last - to < APART_PX && !message.isOwn) {
      // Those that land together come from different times, so each keeps its line where that shows.
      const before = shown.at(-1);
      if (before !== undefined && before.from - x(message.publishedMs) < APART_PX) continue;
    }
    last = to;
    shown.push({ from: x(message.publishedMs), to, isOwn: message.isOwn });
  }
  pen.strokeStyle = look.palette.faint;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const { from, to } of shown) {
    pen.moveTo(from, SERVER_Y);
    pen.lineTo(to, band);
  }
  pen.stroke();
  pen.fillStyle = colour;
  for (const { from } of shown) pen.fillRect(from - 1, SERVER_Y - 3, 2, 6);
  pen.beginPath();
  for (const { to } of shown) {
    pen.moveTo(to + DOT_PX, band);
    pen.arc(to, band, DOT_PX, 0, 2 * Math.PI);
  }
  pen.fill();
  drawOwn(
    pen,
    shown.filter(({ isOwn }) => isOwn),
    look,
    band,
  );
}

/** What came back of what was said here. */
function drawOwn(
  pen: CanvasRenderingContext2D,
  shown: readonly { to: number }[],
  { palette }: Look,
  band: number,
): void {
  pen.strokeStyle = palette.text;
  pen.lineWidth = 1.5;
  for (const { to } of shown) {
    pen.beginPath();
    pen.arc(to, band, DOT_PX * 2, 0, 2 * Math.PI);
    pen.stroke();
  }
}

/** What was said here: a triangle that points up, to the server. */
function drawSaid({ pen }: Sheet, { said }: Trail, { palette }: Look, { x, band }: Place): void {
  pen.fillStyle = palette.text;
  for (const saidMs of said) {
    const middle = x(saidMs);
    if (middle < 0) continue;
    pen.beginPath();
    pen.moveTo(middle - 5, band + BAND_PX + 8);
    pen.lineTo(middle + 5, band + BAND_PX + 8);
    pen.lineTo(middle, band + BAND_PX - 2);
    pen.fill();
  }
}

function drawLabels({ pen, height }: Sheet, { palette, words }: Look): void {
  pen.fillStyle = palette.faint;
  pen.font = LABEL;
  pen.fillText(words.server, 0, SERVER_Y - 5);
  pen.fillText(words.browser, 0, height - 2);
}

function line(pen: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}
