import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Message, Peer } from '../../contracts.ts';

/** Who is in which room. */
export type Rooms = Map<string, Set<Member>>;

/** One connected client: its socket, its rooms, and why it will have been closed. */
export class Member implements Peer {
  readonly id: string;
  readonly socket: WebSocket;
  /** The first reason given for this connection's end. */
  why: string | undefined;
  readonly #wire: Duplex;
  readonly #rooms: Rooms;
  readonly #joined = new Set<string>();
  readonly #maxBufferBytes: number;
  /** A ping is on its way that was not answered yet. */
  isAsked = false;

  /** `wire` is what carries the socket's frames. */
  constructor(
    id: string,
    { socket, wire }: { readonly socket: WebSocket; readonly wire: Duplex },
    rooms: Rooms,
    maxBufferBytes: number,
  ) {
    this.id = id;
    this.socket = socket;
    this.#wire = wire;
    this.#rooms = rooms;
    this.#maxBufferBytes = maxBufferBytes;
  }

  join(room: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.#joined.add(room);
    const present = this.#rooms.get(room);
    if (present === undefined) this.#rooms.set(room, new Set([this]));
    else present.add(this);
  }

  leave(room: string): void {
    this.#joined.delete(room);
    const present = this.#rooms.get(room);
    present?.delete(this);
    if (present?.size === 0) this.#rooms.delete(room);
  }

  leaveAll(): void {
    for (const room of this.#joined) this.leave(room);
  }

  send(message: Message): void {
    const text = typeof message === 'string';
    this.write(text ? Buffer.from(message) : message, !text);
  }

  get isBusy(): boolean {
    return this.#wire.writableNeedDrain;
  }

  /** Sends one frame, or drops a client that has left too much unread. */
  write(bytes: Uint8Array, binary: boolean): void {
    const unsent = this.socket.bufferedAmount;
    if (unsent > 0 && unsent + bytes.byteLength > this.#maxBufferBytes) {
      this.drop(`buffer full: ${unsent} bytes unsent, ${this.#maxBufferBytes} allowed`);
    } else {
      this.socket.send(bytes, { binary });
    }
  }

  closing(why: string): void {
    this.why ??= why;
  }

  drop(why: string): void {
    this.closing(why);
    this.leaveAll();
    this.socket.terminate();
  }
}
