import type { ClientOptions } from '../../../../contracts.ts';
import { basePath } from '../../../base-path.ts';
import { browserHeaders } from '../../../browser.ts';

/** What the polling requests of all clients of one server have in common. */
export interface Heads {
  /** Up to the timestamp. */
  readonly get: string;
  readonly post: string;
  /** From the version on. */
  readonly afterGet: string;
  /** As far as the body's length. */
  readonly afterPost: string;
  /** What follows that. */
  readonly end: string;
}

let latest: { readonly key: string; readonly heads: Heads } | undefined;

/** The path that socket.io's server answers on. */
export function enginePath(url: URL): string {
  return `${basePath(url)}/socket.io/`;
}

/** The heads for a server, made once for all its clients. */
export function headsFor(url: URL, { headers, socketioAgent }: ClientOptions): Heads {
  const key = `${url.href} ${headers} ${socketioAgent}`;
  if (latest?.key !== key) latest = { key, heads: makeHeads(url, headers, socketioAgent) };
  return latest.heads;
}

function makeHeads(
  url: URL,
  headers: ClientOptions['headers'],
  agent: ClientOptions['socketioAgent'],
): Heads {
  // What the library's own XMLHttpRequest sends, in its order.
  const own = { 'User-Agent': 'node-XMLHttpRequest', Accept: '*/*' };
  const all = headers === 'browser' ? { ...own, ...browserHeaders(url, 'fetch') } : own;
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const common = ` HTTP/1.1\r\n${lines.join('')}`;
  const host = `Host: ${url.host}\r\n`;
  const end = `Connection: ${agent === 'default' ? 'close' : 'keep-alive'}\r\n\r\n`;
  const query = `${enginePath(url)}?EIO=4&transport=polling&t=`;
  return {
    get: `GET ${query}`,
    post: `POST ${query}`,
    afterGet: `${common}${host}${end}`,
    afterPost: `${common}Content-type: text/plain;charset=UTF-8\r\n${host}Content-Length: `,
    end: `\r\n${end}`,
  };
}

const RADIX = 36;
/** So many digits of a timestamp are left out: they do not change. */
const STEADY_DIGITS = 3;
const RANDOM_VALUES = RADIX ** 3;
let stampMs = 0;
let stamp = '';

/** Differs from request to request, so that no cache answers: as long as the library's, and made of the same. */
export function cacheBuster(): string {
  const nowMs = Date.now();
  if (nowMs !== stampMs) {
    stampMs = nowMs;
    stamp = nowMs.toString(RADIX).slice(STEADY_DIGITS);
  }
  const random = RANDOM_VALUES + Math.floor(Math.random() * RANDOM_VALUES);
  return stamp + random.toString(RADIX).slice(1);
}
