import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App, Message, Peer } from '../../../contracts.ts';
import { BINARY_TYPE, TEXT_TYPE } from '../protocol.ts';
import { type Refusal, refuse } from './refuse.ts';

/** Who sends, and what the server takes. */
export interface Reception {
  readonly session: Peer & { received: number; readonly over: boolean };
  readonly app: App;
  /** The client counts its messages, so that one sent again after a cut is not taken twice. */
  readonly number: number | undefined;
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
  { session, app, number = 0 }: Reception,
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
    const isNew = number > session.received;
    session.received = Math.max(session.received, number);
    if (isNew) app.received(session, message);
    response.writeHead(204).end();
  }
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
