import { Silence } from '../../../silence.ts';
import type { Carrier as CarrierName } from '../../protocol.ts';
import type { Carrier, CarrierEvents, Ending, Packet } from './carrier.ts';
import { type Handshake, readHandshake } from './handshake.ts';
import { Polling } from './polling.ts';
import { probe } from './probe.ts';
import { Requests } from './requests.ts';
import type { Sockets } from './sockets.ts';
import { WebSocketCarrier } from './websocket.ts';

const OPEN = 48;
const PING = 50;
const MESSAGE = 52;
const LAST_TYPE = 54;

/** What an engine tells. Bytes are lent. */
export interface EngineEvents {
  opened(): void;
  /** A message of text. */
  text(bytes: Buffer, start: number, end: number): void;
  binary(bytes: Buffer, start: number, end: number): void;
  /** The last that is told. */
  ended(why: Ending, error: Error): void;
}

const NOBODY: EngineEvents = { opened() {}, text() {}, binary() {}, ended() {} };

/** One engine.io session: its packets in order, whatever carries them; heartbeats, and the upgrade. */
export class Engine implements CarrierEvents {
  #heard: EngineEvents;
  readonly #sockets: Sockets;
  readonly #carriers: readonly CarrierName[];
  readonly #silence: Silence;
  #requests: Requests | undefined;
  #carrier: Carrier;
  #state: 'opening' | 'open' | 'closing' | 'closed' = 'opening';
  /** What waits to be written, or is being written. */
  readonly #queue: Packet[] = [];
  #writing = 0;
  #isUpgrading = false;
  #endProbe: (() => void) | undefined;
  #maxPayloadBytes = 0;

  constructor(sockets: Sockets, carriers: readonly CarrierName[], heard: EngineEvents) {
    this.#sockets = sockets;
    this.#carriers = carriers;
    this.#heard = heard;
    this.#silence = new Silence(() => {
      const why = this.#state === 'opening' ? 'timeout' : 'ping timeout';
      this.ended(why, new Error(why));
    });
    if (carriers[0] === 'polling') {
      this.#requests = new Requests(sockets);
      this.#carrier = new Polling(this.#requests);
    } else {
      this.#carrier = new WebSocketCarrier(sockets, '');
    }
    this.#carrier.heard = this;
    this.#silence.expect(sockets.options.heartbeatTimeoutMs);
    this.#carrier.open();
  }

  get carrying(): CarrierName {
    return this.#carrier.name;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** Sends a message. */
  send(message: Packet): void {
    this.#send(typeof message === 'string' ? `4${message}` : message);
  }

  /** Ends it once all is sent; tells nothing more. */
  close(): void {
    this.#heard = NOBODY;
    if (this.#state !== 'opening' && this.#state !== 'open') return;
    this.#state = 'closing';
    this.#closeIfDone();
  }

  /** Ends it without a word, where its sockets are broken. */
  cut(): void {
    this.#heard = NOBODY;
    this.#state = 'closed';
    this.#silence.stop();
  }

  opened(): void {}

  packet(bytes: Buffer, start: number, end: number): void {
    if (this.#state === 'closed') return;
    const type = start < end ? (bytes[start] ?? 0) : 0;
    if (type === MESSAGE) {
      this.#heard.text(bytes, start + 1, end);
    } else if (type === PING) {
      this.#silence.heard();
      // One answers all: a server that only pings is not to fill the queue.
      if (!this.#queue.includes('3')) this.#send('3');
    } else if (type === OPEN) {
      this.#shakeHands(readHandshake(bytes.toString('utf8', start + 1, end)));
    } else if (type < OPEN || type > LAST_TYPE) {
      this.ended('transport error', new Error('server error'));
    }
  }

  binary(bytes: Buffer, start: number, end: number): void {
    if (this.#state !== 'closed') this.#heard.binary(bytes, start, end);
  }

  drained(): void {
    this.#queue.splice(0, this.#writing);
    this.#writing = 0;
    if (this.#queue.length > 0) this.#flush();
    else this.#closeIfDone();
  }

  ended(why: Ending, error: Error): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#silence.stop();
    this.#carrier.leave();
    this.#endProbe?.();
    this.#queue.length = 0;
    this.#heard.ended(why, error);
  }

  #shakeHands(handshake: Handshake | undefined): void {
    if (this.#state !== 'opening') return;
    if (handshake === undefined) {
      this.ended('transport error', new Error('server error'));
      return;
    }
    const { session, upgrades, silentMs, maxPayloadBytes } = handshake;
    if (this.#requests !== undefined) this.#requests.session = session;
    this.#maxPayloadBytes = maxPayloadBytes;
    this.#state = 'open';
    this.#silence.expect(silentMs);
    this.#heard.opened();
    this.#flush();
    if (this.#isOpen() && this.#carriers.includes('websocket') && upgrades.includes('websocket'))
      this.#upgrade(session);
  }

  #isOpen(): boolean {
    return this.#state === 'open';
  }

  #upgrade(session: string): void {
    const polling = this.#carrier;
    if (!(polling instanceof Polling)) return;
    const next = new WebSocketCarrier(this.#sockets, session);
    this.#endProbe = probe(next, {
      agreed: () => {
        this.#isUpgrading = true;
        polling.pause(() => this.#goOver(next));
      },
      failed: () => {
        this.#endProbe = undefined;
        // As the library does: what was to be carried over stays, and the next ping is missed.
        if (this.#state === 'closing') this.ended('forced close', new Error('forced close'));
      },
    });
  }

  #goOver(carrier: Carrier): void {
    if (this.#state === 'closed' || this.#endProbe === undefined) return;
    this.#endProbe = undefined;
    this.#carrier = carrier;
    carrier.heard = this;
    carrier.write(['5']);
    this.#isUpgrading = false;
    this.#requests?.release();
    this.#requests = undefined;
    if (this.#queue.length > 0) this.#flush();
    else this.#closeIfDone();
  }

  #send(packet: Packet): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.#queue.push(packet);
    this.#flush();
  }

  #flush(): void {
    if (this.#queue.length === 0 || this.#isUpgrading || !this.#carrier.isWritable) return;
    const packets = this.#writable();
    this.#writing = packets.length;
    this.#carrier.write(packets);
  }

  /** A server refuses what is longer than it said; a single packet is not held back. */
  #writable(): readonly Packet[] {
    const queue = this.#queue;
    if (queue.length === 1 || this.#maxPayloadBytes === 0 || this.#carrier.name !== 'polling') return queue;
    let bytes = 1;
    for (const [index, packet] of queue.entries()) {
      bytes += payloadBytes(packet);
      if (index > 0 && bytes > this.#maxPayloadBytes) return queue.slice(0, index);
      bytes += 2;
    }
    return queue;
  }

  #closeIfDone(): void {
    if (this.#state !== 'closing' || this.#queue.length > 0 || this.#isUpgrading) return;
    this.ended('forced close', new Error('forced close'));
  }
}

/** As the library reckons: without the type, and base64 by its rule of thumb. */
function payloadBytes(packet: Packet): number {
  return typeof packet === 'string' ? Buffer.byteLength(packet) - 1 : Math.ceil(packet.byteLength * 1.33);
}
