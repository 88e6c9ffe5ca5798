import type { Socket } from 'node:net';
import { browserHeaders } from '../../../browser.ts';
import { FrameError } from '../../../websocket/lean/frame-error.ts';
import { FrameReader, type Heard, NO_STATUS } from '../../../websocket/lean/frame-reader.ts';
import { encodeFrame } from '../../../websocket/lean/frame-writer.ts';
import { Upgrade } from '../../../websocket/lean/upgrade.ts';
import { BINARY, CLOSE, PONG, TEXT } from '../../../websocket/opcodes.ts';
import { packetBytes } from '../../protocol.ts';
import { type Carrier, type CarrierEvents, NOBODY, type Packet } from './carrier.ts';
import { enginePath } from './heads.ts';
import type { Sockets } from './sockets.ts';

/** Packets by WebSocket, one frame each. */
export class WebSocketCarrier implements Carrier, Heard {
  readonly name = 'websocket';
  heard: CarrierEvents = NOBODY;
  isWritable = false;
  readonly #sockets: Sockets;
  readonly #query: string;
  readonly #reader: FrameReader;
  #socket: Socket | undefined;
  #upgrade: Upgrade | undefined;
  #saidGoodbye = false;

  /** `session` is part of the query, where this joins one. */
  constructor(sockets: Sockets, session: string) {
    this.#sockets = sockets;
    this.#query = `?EIO=4&transport=websocket${session}`;
    this.#reader = new FrameReader(this, packetBytes(sockets.options.maxMessageBytes));
  }

  open(): void {
    const { url, options } = this.#sockets;
    const target = new URL(enginePath(url) + this.#query, url);
    const headers = options.headers === 'browser' ? browserHeaders(url, 'websocket') : {};
    const upgrade = new Upgrade(target, { headers });
    this.#upgrade = upgrade;
    this.#socket = this.#sockets.open(
      (bytes) => this.#read(bytes),
      (error) => this.#closed(error),
    );
    this.#socket.write(upgrade.request);
  }

  write(packets: readonly Packet[]): void {
    for (const packet of packets) this.#send(typeof packet === 'string' ? TEXT : BINARY, packet);
    this.heard.drained();
  }

  leave(): void {
    if (this.#upgrade === undefined) this.#sayGoodbye('');
    else this.#socket?.destroy();
    this.heard = NOBODY;
  }

  text(bytes: Buffer, start: number, end: number): void {
    this.heard.packet(bytes, start, end);
  }

  binary(bytes: Buffer, start: number, end: number): void {
    this.heard.binary(bytes, start, end);
  }

  ping(bytes: Buffer, start: number, end: number): void {
    if (!this.#saidGoodbye) this.#send(PONG, bytes.subarray(start, end));
  }

  pong(): void {}

  closing(code: number, reason: string): void {
    this.#sayGoodbye(reason, code);
    this.#socket?.end();
  }

  #read(bytes: Buffer): void {
    let start: number | undefined = 0;
    if (this.#upgrade !== undefined) {
      start = this.#upgrade.read(bytes);
      if (start === undefined) return;
      this.#upgrade = undefined;
      this.isWritable = true;
      this.heard.opened();
    }
    try {
      this.#reader.feed(bytes, start);
    } catch (error) {
      this.#broken(error);
    }
  }

  #broken(error: unknown): void {
    if (!(error instanceof FrameError)) throw error;
    const { heard } = this;
    this.#sayGoodbye('', error.code);
    this.#socket?.end();
    this.heard = NOBODY;
    heard.ended('transport error', new Error(`websocket error (${error.message})`, { cause: error }));
  }

  #closed(error: Error): void {
    this.#reader.stop();
    this.isWritable = false;
    const { heard } = this;
    this.heard = NOBODY;
    if (this.#upgrade === undefined) {
      heard.ended('transport close', error);
    } else {
      heard.ended('transport error', new Error(`websocket error (${error.message})`, { cause: error }));
    }
  }

  #sayGoodbye(reason: string, code = NO_STATUS): void {
    if (this.#saidGoodbye) return;
    this.#saidGoodbye = true;
    this.isWritable = false;
    const status = code === NO_STATUS ? [] : [code >> 8, code & 255];
    this.#send(CLOSE, Buffer.concat([Buffer.from(status), Buffer.from(reason)]));
  }

  #send(opcode: number, payload: Packet): void {
    this.#socket?.write(encodeFrame(opcode, payload));
  }
}
