import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Refusal, refuse } from '../../../transports/http/server/refuse.ts';

/** The name or address in a `Host`, without the port. */
const HOST = /^(\[[0-9a-f:.]+\]|[^:/@[\]\s]+)(?::\d{1,5})?$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  'Access-Control-Allow-Headers': 'content-type, last-event-id',
  // No browser remembers it longer.
  'Access-Control-Max-Age': '86400',
};

/** Lets in the demo's own pages and what is no browser; pages of others could do through a browser what only its user may. */
export class Entrance {
  readonly #origins: ReadonlySet<string>;
  readonly #hosts: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
    this.#hosts = new Set(origins.map((origin) => new URL(origin).hostname));
  }

  /** Why a request does not come in; undefined where it does. */
  objectionTo({ headers }: IncomingMessage): Refusal | undefined {
    const { origin, host = '' } = headers;
    // Another site's name that was made to lead here: its pages would count as being of this host.
    const [, name = ''] = HOST.exec(host) ?? [];
    if (!LOOPBACK.test(name) && !this.#hosts.has(name.toLowerCase()))
      return [403, 'this server has another name'];
    if (origin === undefined) {
      // A picture's address, say: those are asked for without an origin.
      return headers['sec-fetch-site'] === 'cross-site'
        ? [403, 'pages of other sites may not ask']
        : undefined;
    }
    return this.#origins.has(origin) ? undefined : [403, 'pages of this origin may not ask'];
  }

  /** Lets the page read the answer, which comes from another port than itself; true where that is all it asked. */
  welcome(request: IncomingMessage, response: ServerResponse): boolean {
    const { origin } = request.headers;
    if (origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Vary', 'Origin');
    }
    if (request.method !== 'OPTIONS') return false;
    if (origin === undefined) refuse(response, [405, 'no such method here']);
    else response.writeHead(204, PREFLIGHT_HEADERS).end();
    return true;
  }
}
