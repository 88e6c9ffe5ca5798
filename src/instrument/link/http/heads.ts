import type { Body } from './scanner.ts';

/** What a request's head says. */
export interface Request {
  readonly method: string;
  readonly wantsWebSocket: boolean;
  readonly body: Body;
}

/** Reads a request's head. */
export function readRequest(head: string): Request {
  return {
    method: head.slice(0, Math.max(0, head.indexOf(' '))),
    wantsWebSocket: /\r\nupgrade:[^\r]*websocket/i.test(head),
    // Without a word about it a request has no body.
    body: bodyOf(head) ?? 0,
  };
}

/** What an answer's head says. */
export interface Answer {
  readonly status: number;
  readonly body: Body;
}

/** Reads the head of the answer to a request of that method. */
export function readAnswer(head: string, method: string | undefined): Answer {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0);
  const isBare = status === 204 || status === 304 || (status >= 100 && status < 200) || method === 'HEAD';
  return { status, body: isBare ? 0 : (bodyOf(head) ?? 'rest') };
}

function bodyOf(head: string): Body | undefined {
  if (/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) return 'chunks';
  const length = /\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r/i.exec(head)?.[1];
  return length === undefined ? undefined : Number(length);
}
