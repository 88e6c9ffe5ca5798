import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Refusal, refuse } from '../../../transports/http/server/refuse.ts';
import type { Entrance } from './entrance.ts';
import type { Visitors } from './visitors.ts';

/** `/place/transport`, and what is the transport's own. */
const ADDRESS = /^(\/[a-z]+\/[a-z]+)(\/.*)$/;
const SESSION = /^\/(session|stream|ask)\/[^/]/;

const FULL: Refusal = [503, 'there are too many visitors'];
const NOTHING: Refusal = [404, 'there is nothing here'];
const NO_UPGRADE: Refusal = [400, 'there is nothing to upgrade to here'];

/** Who serves at an address; its work is done so that it can be told from others' work. */
export interface Room {
  readonly http: Server;
  work(does: () => void): void;
}

/** The way into the one server on which all transports are. */
export class Door {
  readonly #rooms: ReadonlyMap<string, Room>;
  readonly #entrance: Entrance;
  readonly #visitors: Visitors;

  constructor(rooms: ReadonlyMap<string, Room>, entrance: Entrance, visitors: Visitors) {
    this.#rooms = rooms;
    this.#entrance = entrance;
    this.#visitors = visitors;
  }

  open(http: Server): void {
    http.on('request', (request, response) => this.#request(request, response));
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    const objection = this.#entrance.objectionTo(request);
    if (objection === undefined && this.#entrance.welcome(request, response)) return;
    const found = objection ?? this.#find(request);
    if ('http' in found) found.work(() => found.http.emit('request', request, response));
    else refuse(response, found);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node listens to it no longer, and not all who take it over do so at once.
    socket.on('error', () => undefined);
    const found = this.#entrance.objectionTo(request) ?? this.#find(request);
    if (!('http' in found)) turnAway(socket, found);
    else if (found.http.listenerCount('upgrade') === 0) turnAway(socket, NO_UPGRADE);
    else found.work(() => found.http.emit('upgrade', request, socket, head));
  }

  /** Who serves it; the request's address is then what its transport expects. */
  #find(request: IncomingMessage): Room | Refusal {
    const [, address = '', own = ''] = ADDRESS.exec(request.url ?? '') ?? [];
    const room = this.#rooms.get(address);
    if (room === undefined) return NOTHING;
    if (!namesSession(own) && !this.#visitors.mayCome) return FULL;
    request.url = own;
    return room;
  }
}

/** Whether it was let in before: it has a session, or soon learns that it has none. */
function namesSession(own: string): boolean {
  if (SESSION.test(own)) return true;
  const [, query] = own.split(/[?#]/, 2);
  // Where there are several, engine.io takes the last.
  return query !== undefined && Boolean(new URLSearchParams(query).getAll('sid').at(-1));
}

function turnAway(socket: Duplex, [status, why]: Refusal): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\n`;
  socket.end(`${head}Content-Length: ${why.length + 1}\r\n\r\n${why}\n`, () => socket.destroy());
}
