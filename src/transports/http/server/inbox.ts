import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App, Message, Peer } from '../../../contracts.ts';
import { BINARY_TYPE, TEXT_TYPE } from '../protocol.ts';
import { type Refusal, refuse } from './refuse.ts';

/** Who sends, and what the server takes. */
export interface Reception {
  readonly session: Peer & { received: number; answer: Message | undefined; readonly over: boolean };
  readonly app: App;
  /** The client counts its messages, so that one sent again after a cut is not taken twice. */
  readonly number: number | undefined;
  /** The client waits for the application's answer in this one. */
  readonly isAsked: boolean;
  readonly maxMessageBytes: number;
}

/** Reads one message from a request's body and hands it to the application. */
export function receive(request: IncomingMessage, response: ServerResponse, reception: Reception): void {
  const { maxMessageBytes } = reception;
  const refusal = objectionToHead(request, reception);
  if (refusal !== undefined) {
    refuse(response, refusal);
    return;
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  request.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes <= maxMessageBytes) parts.push(part);
    else if (!response.headersSent) refuse(response, tooLarge(maxMessageBytes));
  });
  request.on('end', () => {
    if (bytes <= maxMessageBytes) accept(request, response, reception, Buffer.concat(parts, bytes));
  });
  // A client that is cut off in the middle of a message has sent none.
  request.on('error', () => {});
}

function accept(
  request: IncomingMessage,
  response: ServerResponse,
  { session, app, number = 0, isAsked }: Reception,
  body: Buffer,
): void {
  const message: Message = isBinary(request) ? body : body.toString();
  if (session.over) {
    refuse(response, [404, 'unknown session']);
  } else if (typeof message === 'string' && !isUtf8(body)) {
    refuse(response, [400, 'a text is UTF-8']);
  } else if (number > session.received + 1) {
    refuse(response, [409, 'a message before this one is missing']);
  } else {
    if (number > session.received) {
      session.received = number;
      session.answer = undefined;
      if (isAsked) ask(session, app, message);
      else app.received(session, message);
    }
    respond(response, session.answer);
  }
}

/** Keeps what the application answers at once, also for a client that asks again; what comes later goes its own way. */
function ask(session: Reception['session'], app: App, message: Message): void {
  let isAtOnce = true;
  app.received(session, message, (reply) => {
    if (isAtOnce) session.answer = reply;
    else session.send(reply);
  });
  isAtOnce = false;
}

function respond(response: ServerResponse, answer: Message | undefined): void {
  if (answer === undefined) {
    response.writeHead(204).end();
    return;
  }
  const type = typeof answer === 'string' ? TEXT_TYPE : BINARY_TYPE;
  const bytes = typeof answer === 'string' ? Buffer.byteLength(answer) : answer.byteLength;
  response.writeHead(200, ['Content-Type', type, 'Content-Length', String(bytes)]).end(answer);
}

function objectionToHead(
  request: IncomingMessage,
  { number, maxMessageBytes }: Reception,
): Refusal | undefined {
  if (number === undefined) return [400, 'a message has a number'];
  if (!isBinary(request) && request.headers['content-type']?.toLowerCase() !== TEXT_TYPE) {
    return [415, `a message is ${TEXT_TYPE} or ${BINARY_TYPE}`];
  }
  if (Number(request.headers['content-length']) > maxMessageBytes) return tooLarge(maxMessageBytes);
  return undefined;
}

function isBinary(request: IncomingMessage): boolean {
  return request.headers['content-type'] === BINARY_TYPE;
}

function tooLarge(maxMessageBytes: number): Refusal {
  return [413, `a message has at most ${maxMessageBytes} bytes`];
}
