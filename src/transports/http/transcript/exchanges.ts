import type { Lane } from '../../transcript/lane.ts';
import { type Body, readBody } from './body.ts';
import { fieldOf, type Head, readHead } from './head.ts';

/** What a client asked. */
export interface Request {
  readonly method: string;
  readonly target: string;
  readonly head: Head;
  readonly body: Body;
}

/** What a server answered. */
export interface Answer {
  /** 0 where the connection ended before it. */
  readonly status: number;
  readonly reason: string;
  readonly head: Head;
  readonly body: Body;
}

/** A request and its answers; either may be missing where a connection was cut or something else was spoken. */
export interface Exchange {
  readonly request: Request | undefined;
  /** Answers that come before the answer: `100 Continue`. */
  readonly interim: readonly Answer[];
  readonly answer: Answer | undefined;
}

/** What was said by HTTP/1.1 over one connection, and how far on each way; the rest is something else. */
export interface Talk {
  readonly exchanges: readonly Exchange[];
  readonly upEnd: number;
  readonly downEnd: number;
  /** What follows is another protocol, as both have agreed. */
  readonly isUpgraded: boolean;
}

const SWITCHING = 101;

/** Reads requests and their answers: the first belongs to the first. */
export function readTalk({ bytes: up }: Lane, { bytes: down }: Lane): Talk {
  const exchanges: Exchange[] = [];
  let [upEnd, downEnd] = [0, 0];
  for (;;) {
    const request = readRequest(up, upEnd);
    const answers: Answer[] = [];
    let answer: Answer | undefined;
    do {
      if (answer !== undefined) answers.push(answer);
      answer = readAnswer(down, answer?.body.end ?? downEnd, request);
    } while (answer !== undefined && isInterim(answer));
    if (request === undefined && answers.length === 0 && answer === undefined) break;
    upEnd = request?.body.end ?? upEnd;
    downEnd = (answer ?? answers.at(-1))?.body.end ?? downEnd;
    exchanges.push({ request, interim: answers, answer });
    if (request !== undefined && answer?.status === SWITCHING && answer.head.isWhole)
      return { exchanges, upEnd, downEnd, isUpgraded: true };
  }
  return { exchanges, upEnd, downEnd, isUpgraded: false };
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'];

function readRequest(bytes: Buffer, start: number): Request | undefined {
  if (start >= bytes.length) return undefined;
  const head = readHead(bytes, start);
  const [method = '', target = '', version = '', ...more] = head.line.split(' ');
  const isCutLine = !head.isWhole && head.fields.length === 0;
  const isRequest = isCutLine
    ? METHODS.some((name) => (head.line.length > name.length ? method === name : name.startsWith(head.line)))
    : /^[A-Z]{1,16}$/.test(method) && /^HTTP\/1\.[01]$/.test(version) && more.length === 0;
  if (!isRequest) return undefined;
  return { method, target, head, body: readBody(bytes, start + head.bytes.length, head, false) };
}

function readAnswer(bytes: Buffer, start: number, request: Request | undefined): Answer | undefined {
  if (start >= bytes.length) return undefined;
  const head = readHead(bytes, start);
  const [, digits, reason = ''] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/s.exec(head.line) ?? [];
  const isCutLine = !head.isWhole && head.fields.length === 0;
  const isBegun = isCutLine && ('HTTP/1.1 '.startsWith(head.line) || /^HTTP\/1\.[01] /.test(head.line));
  if (digits === undefined && !isBegun) return undefined;
  const status = Number(digits ?? 0);
  const isBare = request?.method === 'HEAD' || status < 200 || status === 204 || status === 304;
  const from = start + head.bytes.length;
  const bare: Head = { ...head, fields: [] };
  const body = isBare ? readBody(bytes, from, bare, false) : readBody(bytes, from, head, true);
  return { status, reason, head, body };
}

function isInterim({ status, head }: Answer): boolean {
  return status >= 100 && status < 200 && status !== SWITCHING && head.isWhole;
}

/** Whether a client asks for WebSocket over this connection. */
export function asksForUpgrade({ head }: Request): boolean {
  return fieldOf(head, 'upgrade').toLowerCase() === 'websocket';
}
