import type { Link, Prediction, Workload } from '../../contracts.ts';
import { browserHeaders } from '../browser.ts';
import { CLOSING_LINES, HOST, headBytes, keepAliveLines, linesOf } from '../http/model.ts';
import { type Asking, gapOf, predictAsking } from '../model/asking.ts';
import { exchangePackets, singlePackets } from '../model/packets.ts';
import { predictPush } from '../model/push.ts';
import { base64Bytes, heartbeatsIn, ratePerMs } from '../model/work.ts';
import { frameBytes, maskedFrameBytes } from '../websocket/model.ts';

/** An event's packet: `42["m","…"]`. What is bytes follows in a packet of its own. */
const TEXT_EVENT = '42["m",""]'.length;
const BINARY_EVENT = '451-["m",{"_placeholder":true,"num":0}]'.length;

/** What an event also says where clients can be recovered: the instant at which it was said, as the library writes it. */
const OFFSET = ',"1234567"'.length;

/** Of a text with its event, or of the event that stands before bytes. */
function eventBytes({ payloadKind, payloadBytes, options }: Workload): number {
  const event = payloadKind === 'text' ? TEXT_EVENT + payloadBytes : BINARY_EVENT;
  return event + (options.recovery ? OFFSET : 0);
}

/** Two events of the same millisecond differ in their length where clients can be recovered. */
function withOffsets({ options }: Workload, prediction: Prediction): Prediction {
  return { ...prediction, bytesExact: prediction.bytesExact && !options.recovery };
}

/** A frame for each packet; ping is `2` and pong `3`. */
export function predictOverWebsocket(work: Workload, link: Link): Prediction {
  const { payloadKind, payloadBytes } = work;
  const packets = payloadKind === 'text' ? [eventBytes(work)] : [eventBytes(work), payloadBytes];
  const heartbeat = { up: maskedFrameBytes(1), down: frameBytes(1) };
  return withOffsets(work, predictPush(work, link, { frames: packets.map(frameBytes), heartbeat }));
}

/** engine.io's long polling: all packets that wait in one answer. Nothing but a ping ends a request without news. */
export function predictOverPolling(work: Workload, link: Link): Prediction {
  const { payloadKind, payloadBytes, options } = work;
  const single = options.socketioAgent === 'default';
  const polls = { pauseMs: 0, holdMs: Number.POSITIVE_INFINITY, batched: true, single };
  const requestBytes = requestBytesOf(work);
  const text: Asking = {
    ...polls,
    requestBytes,
    emptyBytes: 0,
    answerBytes: (messages) => answerBytesOf(work, messages * (eventBytes(work) + 1) - 1),
  };
  if (payloadKind === 'text') return withOffsets(work, withHeartbeats(work, predictAsking(work, link, text)));
  const placeholder: Asking = { ...text, answerBytes: () => answerBytesOf(work, eventBytes(work)) };
  const bytes = 'b'.length + base64Bytes(payloadBytes);
  const attachment: Asking = { ...text, answerBytes: () => answerBytesOf(work, bytes) };
  return withOffsets(work, withHeartbeats(work, inTwoAnswers(work, link, placeholder, attachment)));
}

/** The waiting request takes the placeholder, the next one the bytes. Where messages meet, nothing is told. */
function inTwoAnswers(work: Workload, link: Link, first: Asking, second: Asking): Prediction {
  const [one, two] = [predictAsking(work, link, first), predictAsking(work, link, second)];
  const gapMs = gapOf(work, link, first);
  const alone = work.arrivals === 'periodic' && 1 / ratePerMs(work) > gapMs + gapOf(work, link, second);
  const sum = (of: (prediction: Prediction) => number | null) => {
    const [left, right] = [of(one), of(two)];
    return alone && left !== null && right !== null ? left + right : null;
  };
  const later = (ms: number | null) => (alone && ms !== null ? ms + gapMs : null);
  return {
    requestsPerMessage: sum((prediction) => prediction.requestsPerMessage),
    emptyShare: alone ? 0 : null,
    appUpPerMessage: sum((prediction) => prediction.appUpPerMessage),
    appDownPerMessage: sum((prediction) => prediction.appDownPerMessage),
    packetsPerMessage: sum((prediction) => prediction.packetsPerMessage),
    bytesExact: alone && one.bytesExact && two.bytesExact,
    latencyMeanMs: later(two.latencyMeanMs),
    latencyP50Ms: later(two.latencyP50Ms),
    latencyP99Ms: later(two.latencyP99Ms),
  };
}

/** A ping takes an answer and so a request; the pong is a request of its own. */
function withHeartbeats(work: Workload, prediction: Prediction): Prediction {
  const heartbeats = heartbeatsIn(work) / work.messages;
  const up = requestBytesOf(work) + requestBytesOf(work, PONG);
  const down = answerBytesOf(work, PING_BYTES) + answerBytesOf(work, 'ok'.length, 'text/html');
  const plus = (value: number | null, more: number) => (value === null ? null : value + heartbeats * more);
  const { requestsPerMessage, appUpPerMessage, appDownPerMessage, packetsPerMessage, bytesExact } =
    prediction;
  return {
    ...prediction,
    requestsPerMessage: plus(requestsPerMessage, 2),
    appUpPerMessage: plus(appUpPerMessage, up),
    appDownPerMessage: plus(appDownPerMessage, down),
    packetsPerMessage: plus(packetsPerMessage, 2 * packetsOfOne(work)),
    bytesExact: bytesExact && heartbeats === 0,
  };
}

/** Of a small request and its answer. */
function packetsOfOne({ options }: Workload): number {
  return options.socketioAgent === 'default' ? singlePackets(1, 1) : exchangePackets(1, 1, 0);
}

/** Of engine.io's time stamp and session id only the length counts. */
const PATH = `/socket.io/?EIO=4&transport=polling&t=${'x'.repeat(8)}&sid=${'x'.repeat(20)}`;
const LIBRARY_HEADERS = { 'User-Agent': 'node-XMLHttpRequest', Accept: '*/*' };
const PONG = { lines: ['Content-type: text/plain;charset=UTF-8', 'Content-Length: 1'], body: '3' };
const PING_BYTES = '2'.length;

function requestBytesOf({ options }: Workload, sent?: typeof PONG): number {
  const { headers, socketioAgent } = options;
  const fixed = headers === 'browser' ? browserHeaders(new URL(`http://${HOST}`), 'fetch') : LIBRARY_HEADERS;
  const connection = `Connection: ${socketioAgent === 'default' ? 'close' : 'keep-alive'}`;
  const line = `${sent ? 'POST' : 'GET'} ${PATH} HTTP/1.1`;
  const lines = [line, ...linesOf(fixed), `Host: ${HOST}`, connection, ...(sent?.lines ?? [])];
  return headBytes(lines) + (sent?.body.length ?? 0);
}

function answerBytesOf({ options, keepAliveMs }: Workload, bytes: number, type = PACKETS_TYPE): number {
  const closing = options.socketioAgent === 'default';
  const head = headBytes([
    'HTTP/1.1 200 OK',
    `Content-Type: ${type}`,
    `Content-Length: ${Math.round(bytes)}`,
    'cache-control: no-store',
    ...(closing ? CLOSING_LINES : keepAliveLines(keepAliveMs)),
  ]);
  return head + bytes;
}

const PACKETS_TYPE = 'text/plain; charset=UTF-8';
