import type { Socket } from 'socket.io';
import { WebSocket } from 'ws';
import type { Message, Peer } from '../../contracts.ts';
import { EVENT, type Incoming, type Outgoing } from './protocol.ts';

/** A WebSocket with more than this unsent is busy: what one turn of the loop sends to a client that reads is less. */
const BUSY_BYTES = 16 * 1024;

/** One client; one that reconnects is another, unless the library recovers it. */
export class Member implements Peer {
  /** While a client that may be recovered is away, the one it had: what is sent to it is kept. */
  socket: Socket<Incoming, Outgoing>;
  /** Why this side dropped it. */
  why: string | undefined;

  constructor(socket: Socket<Incoming, Outgoing>) {
    this.socket = socket;
  }

  get id(): string {
    return this.socket.id;
  }

  join(room: string): void {
    this.socket.join(room);
  }

  leave(room: string): void {
    this.socket.leave(room);
  }

  send(message: Message): void {
    this.socket.emit(EVENT, message);
  }

  get isBusy(): boolean {
    const { transport } = this.socket.conn;
    if (webSocketOf(transport) !== undefined) return this.#unsentBytes() > BUSY_BYTES;
    return !transport.writable || waitingOn(this.socket.conn).length > 0;
  }

  /** Drops a client that has left too much unread; a single message may be of any size. */
  hold(maxBufferBytes: number): void {
    const waiting = waitingOn(this.socket.conn);
    if (waiting.length === 0) return;
    const sending = webSocketOf(this.socket.conn.transport)?.bufferedAmount ?? 0;
    if (waiting.length === 1 && sending === 0) return;
    const unsent = this.#unsentBytes();
    if (unsent > maxBufferBytes) this.drop(`buffer full: ${unsent} bytes unsent, ${maxBufferBytes} allowed`);
  }

  /** Ends the connection at once: an orderly end would wait for what the client does not read. */
  drop(why: string): void {
    this.why ??= why;
    this.socket.conn.close(true);
  }

  #unsentBytes(): number {
    let unsent = webSocketOf(this.socket.conn.transport)?.bufferedAmount ?? 0;
    for (const { data } of waitingOn(this.socket.conn)) unsent += data?.length ?? 0;
    return unsent;
  }
}

/** engine.io keeps its queue, without a bound, in a field that its types hide. */
function waitingOn(connection: object): readonly { readonly data?: string | Uint8Array }[] {
  return 'writeBuffer' in connection && Array.isArray(connection.writeBuffer) ? connection.writeBuffer : [];
}

/** The WebSocket beneath, where that is what carries the packets now. */
function webSocketOf(transport: object): WebSocket | undefined {
  return 'socket' in transport && transport.socket instanceof WebSocket ? transport.socket : undefined;
}
