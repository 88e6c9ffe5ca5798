import type { Socket } from 'node:net';
import type { ClientEvents, ClientOptions, Connection, Message } from '../../../contracts.ts';
import { openSocket } from '../../lean/socket.ts';
import { Silence } from '../../silence.ts';
import { BINARY, CLOSE, PONG, TEXT } from '../opcodes.ts';
import { FrameError } from './frame-error.ts';
import { FrameReader, type Heard, NO_STATUS } from './frame-reader.ts';
import { encodeFrame } from './frame-writer.ts';
import type { Upgrade } from './upgrade.ts';

/** How long a server may take to answer a closing handshake. */
const CLOSE_TIMEOUT_MS = 1_000;
const NOTHING = Buffer.alloc(0);

/** What a connection needs only until it is open. */
export interface Opening {
  readonly upgrade: Upgrade;
  /** How long the server may be silent once it is. */
  readonly silentMs: number;
  opened(): void;
  refused(error: Error): void;
}

/** One WebSocket, which reads and writes its socket itself; does what `ws` does, and keeps little. */
export class LeanConnection implements Connection, Heard {
  readonly #wire: Socket;
  readonly #events: ClientEvents;
  readonly #reader: FrameReader;
  readonly #silence = new Silence((limitMs) => this.#giveUp(limitMs));
  #opening: Opening | undefined;
  #state: 'opening' | 'open' | 'closing' | 'closed' = 'opening';
  #isClosedHere = false;
  #why = 'closed (1006)';
  #timer: NodeJS.Timeout | undefined;

  constructor(url: URL, events: ClientEvents, options: ClientOptions, opening: Opening) {
    this.#events = events;
    this.#opening = opening;
    this.#reader = new FrameReader(this, options.maxMessageBytes);
    this.#wire = openSocket(url, options, (bytes) => this.#read(bytes));
    this.#wire
      .on('error', (error) => this.refuse(error))
      .on('end', () => this.#ended())
      .on('close', () => this.#closed())
      .write(opening.upgrade.request);
    this.#silence.expect(options.heartbeatTimeoutMs);
  }

  get carrying(): string {
    return 'websocket';
  }

  send(message: Message): void {
    this.#write(typeof message === 'string' ? TEXT : BINARY, message);
  }

  async close(): Promise<void> {
    this.#isClosedHere = true;
    this.#sayGoodbye(NOTHING);
    await this.#gone();
  }

  async cut(): Promise<void> {
    this.#isClosedHere = true;
    this.#reader.stop();
    this.#wire.destroy();
    await this.#gone();
  }

  /** Gives up a connection that is not open yet. */
  refuse(error: Error): void {
    const opening = this.#opening;
    if (opening === undefined) return;
    this.#opening = undefined;
    this.#isClosedHere = true;
    this.#wire.destroy();
    opening.refused(error);
  }

  text(bytes: Buffer, start: number, end: number): void {
    const events = this.#events;
    if (events.skim === undefined) events.message(bytes.toString('utf8', start, end));
    else events.skim(bytes, start, end);
  }

  binary(bytes: Buffer, start: number, end: number): void {
    const events = this.#events;
    if (events.skim === undefined) events.message(Buffer.from(bytes.subarray(start, end)));
    else events.skim(bytes, start, end);
  }

  ping(bytes: Buffer, start: number, end: number): void {
    this.#write(PONG, bytes.subarray(start, end));
  }

  pong(): void {}

  closing(code: number, reason: string): void {
    this.#why = `closed (${code}) ${reason}`.trimEnd();
    this.#sayGoodbye(code === NO_STATUS ? NOTHING : farewell(code, reason));
    this.#wire.end();
  }

  #read(bytes: Buffer): void {
    this.#silence.heard();
    const start = this.#opening === undefined ? 0 : this.#readOpening(this.#opening, bytes);
    if (start === undefined) return;
    try {
      this.#reader.feed(bytes, start);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#why = error.message;
      this.#sayGoodbye(farewell(error.code, ''));
      this.#wire.end();
    }
  }

  #readOpening(opening: Opening, bytes: Buffer): number | undefined {
    try {
      const start = opening.upgrade.read(bytes);
      if (start === undefined) return undefined;
      this.#opening = undefined;
      this.#state = 'open';
      this.#silence.expect(opening.silentMs);
      opening.opened();
      return start;
    } catch (error) {
      this.refuse(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  }

  #write(opcode: number, payload: Message): void {
    if (this.#state === 'open') this.#wire.write(encodeFrame(opcode, payload));
  }

  #sayGoodbye(payload: Message): void {
    if (this.#state !== 'open') return;
    this.#write(CLOSE, payload);
    this.#state = 'closing';
    this.#timer = setTimeout(() => this.#wire.destroy(), CLOSE_TIMEOUT_MS);
  }

  #giveUp(limitMs: number): void {
    this.#why = `the server was silent for ${limitMs} ms`;
    this.refuse(new Error('Opening handshake has timed out'));
    this.#wire.destroy();
  }

  #ended(): void {
    this.#state = 'closing';
  }

  #closed(): void {
    this.refuse(new Error('socket hang up'));
    this.#state = 'closed';
    this.#reader.stop();
    this.#silence.stop();
    clearTimeout(this.#timer);
    if (!this.#isClosedHere) this.#events.closed(this.#why);
  }

  async #gone(): Promise<void> {
    if (this.#state !== 'closed') await new Promise((resolve) => this.#wire.once('close', resolve));
  }
}

function farewell(code: number, reason: string): Buffer {
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
  payload.writeUInt16BE(code);
  payload.write(reason, 2);
  return payload;
}
