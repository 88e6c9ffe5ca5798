import type { Link, Prediction, Workload } from '../../contracts.ts';
import { browserHeaders } from '../browser.ts';
import { HOST, headBytes, keepAliveLines, linesOf } from '../http/model.ts';
import { type Asking, predictAsking } from '../model/asking.ts';
import { overNumbers } from '../model/work.ts';

/** Timers count whole milliseconds and fire half a one late on average. */
const TIMER_MS = 0.5;

/** A poll an interval after each answer. */
export function predictPolling(work: Workload, link: Link): Prediction {
  const pauseMs = work.options.pollIntervalMs + TIMER_MS;
  return predictAsking(work, link, { ...pollsOf(work), pauseMs, holdMs: 0, batched: true });
}

/** What a poll and its answer weigh, whenever they come. */
export function pollsOf(work: Workload): Pick<Asking, 'requestBytes' | 'emptyBytes' | 'answerBytes'> {
  return {
    requestBytes: overNumbers(work, (digits) => requestBytes(work, digits)),
    emptyBytes: headBytes([
      'HTTP/1.1 204 No Content',
      'Cache-Control: no-store',
      ...keepAliveLines(work.keepAliveMs),
    ]),
    answerBytes: (messages) => overNumbers(work, (digits) => answerBytes(work, digits, messages)),
  };
}

/** Nine random bytes in base64. */
const SESSION = 'x'.repeat(12);

function requestBytes({ options }: Workload, digits: number): number {
  const browser =
    options.headers === 'browser' ? linesOf(browserHeaders(new URL(`http://${HOST}`), 'fetch')) : [];
  const line = `GET /session/${SESSION}/${'0'.repeat(digits)} HTTP/1.1`;
  return headBytes([line, `Host: ${HOST}`, 'Connection: keep-alive', ...browser]);
}

function answerBytes({ payloadKind, payloadBytes, keepAliveMs }: Workload, digits: number, messages: number) {
  const text = payloadKind === 'text';
  // Text: `{"cursor":1,"messages":["…","…"]}`. Binary: frames with five bytes before each, the first `{"cursor":1}`.
  const body = text
    ? '{"cursor":,"messages":[]}'.length + digits + messages * (payloadBytes + 3) - 1
    : 5 + '{"cursor":}'.length + digits + messages * (payloadBytes + 5);
  const head = headBytes([
    'HTTP/1.1 200 OK',
    `Content-Type: ${text ? 'application/json' : 'application/x-rtbench-frames'}`,
    'Cache-Control: no-store',
    `Content-Length: ${Math.round(body)}`,
    ...keepAliveLines(keepAliveMs),
  ]);
  return head + body;
}
