import type { ServerResponse } from 'node:http';
import { TEXT_TYPE } from '../protocol.ts';

/** A status, and why. */
export type Refusal = readonly [status: number, why: string];

/** Answers with an error; a body that is still coming is not read. */
export function refuse(response: ServerResponse, [status, why]: Refusal): void {
  const body = `${why}\n`;
  const headers: string[] = ['Content-Type', TEXT_TYPE, 'Content-Length', String(body.length)];
  if (!response.req.complete) headers.push('Connection', 'close');
  response.writeHead(status, headers).end(body);
}
