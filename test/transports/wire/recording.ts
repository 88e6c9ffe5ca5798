import type { Server } from 'node:http';
import { Socket } from 'node:net';

/** What one side of one connection wrote, each write in its shape, and how it ended as its server saw it. */
export interface Written {
  readonly side: 'client' | 'server';
  readonly writes: string[];
}

/** Notes each write of every socket of this process: one call of these is one call of the kernel. */
export class Recording {
  readonly #written = new Map<Socket, Written>();
  readonly #ends: string[] = [];
  readonly #served = new Set<Socket>();
  readonly #restore: () => void;

  constructor(server: Server) {
    const { _write: write, _writev: writev } = Socket.prototype;
    const note = (socket: Socket, bytes: Buffer) => this.#note(socket, bytes);
    Socket.prototype._write = function (chunk, encoding, done) {
      note(this, asBuffer(chunk, encoding));
      write.call(this, chunk, encoding, done);
    };
    Socket.prototype._writev = function (chunks, done) {
      note(this, Buffer.concat(chunks.map(({ chunk, encoding }) => asBuffer(chunk, encoding))));
      writev?.call(this, chunks, done);
    };
    this.#restore = () => Object.assign(Socket.prototype, { _write: write, _writev: writev });
    server.on('connection', (socket: Socket) => {
      this.#served.add(socket);
      const index = this.#served.size;
      socket.on('end', () => this.#ends.push(`${index} ended`));
      socket.on('error', (error: NodeJS.ErrnoException) => this.#ends.push(`${index} ${error.code}`));
    });
  }

  /** By connection, in the order of each side's first write. */
  get written(): readonly Written[] {
    return [...this.#written.values()];
  }

  /** How each connection ended as the server saw it. */
  get ends(): readonly string[] {
    return this.#ends.toSorted();
  }

  stop(): void {
    this.#restore();
  }

  #note(socket: Socket, bytes: Buffer): void {
    const side = this.#served.has(socket) ? 'server' : 'client';
    const written = this.#written.get(socket) ?? { side, writes: [] };
    this.#written.set(socket, written);
    written.writes.push(shapeOf(bytes, side));
  }
}

const HEAD = /^(?:GET|POST|DELETE|HTTP\/1\.1) /;

/** A head as it stands, but for what chance or the clock made of it; of all else its length and its first byte. */
function shapeOf(bytes: Buffer, side: Written['side']): string {
  const text = bytes.toString('latin1');
  if (!HEAD.test(text)) return `${side === 'client' ? `${bytes[0]?.toString(16)}: ` : ''}${bytes.length} B`;
  const head = text
    .split('\r\n\r\n', 1)
    .join()
    .replaceAll(/(127\.0\.0\.1:)\d+/g, '$1ANY')
    .replaceAll(/([?&](?:sid|t)=)[^& ]+/g, '$1ANY')
    .replaceAll(/(\/(?:session|ask)\/)[^/? ]+/g, '$1ANY')
    .replaceAll(/(sec-websocket-(?:key|accept): ).*/gi, '$1ANY')
    .replaceAll(/(date: ).*/gi, '$1ANY');
  return `${head} | ${bytes.length} B`;
}

function asBuffer(chunk: unknown, encoding: string): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, Buffer.isEncoding(encoding) ? encoding : 'utf8');
  if (chunk instanceof Uint8Array) return Buffer.from(chunk);
  throw new Error('a write of neither text nor bytes');
}
