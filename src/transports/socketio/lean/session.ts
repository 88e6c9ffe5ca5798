import type { ClientEvents, Message } from '../../../contracts.ts';
import type { Carrier } from '../protocol.ts';
import { LibraryBackoff } from './backoff.ts';
import { Engine, type EngineEvents } from './engine/engine.ts';
import type { Sockets } from './engine/sockets.ts';
import { type Joining, Namespace, type Shared } from './namespace.ts';
import { decodePacket, fillIn, type SocketPacket } from './packets.ts';

/** How long a server may take to answer a goodbye. */
const CLOSE_TIMEOUT_MS = 1_000;

/** A packet whose attachments have not all come. */
interface Unfinished {
  readonly packet: SocketPacket;
  readonly attachments: Buffer[];
}

/** One client's connection as its namespaces share it: opens it, and opens it again when it breaks. */
export class Session implements EngineEvents, Shared {
  readonly #sockets: Sockets;
  readonly #carriers: readonly Carrier[];
  readonly #backoff: LibraryBackoff;
  readonly #namespaces: Namespace[] = [];
  #engine: Engine;
  #state: 'opening' | 'open' | 'broken' | 'over' = 'opening';
  #retry: NodeJS.Timeout | undefined;
  /** Whose message of bytes comes next, or what else has attachments to come. */
  #awaiting: Namespace | Unfinished | undefined;

  constructor(sockets: Sockets, carriers: readonly Carrier[]) {
    this.#sockets = sockets;
    this.#carriers = carriers;
    this.#backoff = new LibraryBackoff(sockets.options.random);
    this.#engine = new Engine(sockets, carriers, this);
  }

  get carrying(): Carrier {
    return this.#engine.carrying;
  }

  /** Joins a namespace, as soon as there is a connection. */
  join(name: string, events: ClientEvents, joining: Joining): Namespace {
    const namespace = new Namespace(name, { events, shared: this, joining });
    this.#namespaces.push(namespace);
    if (this.#state === 'open') namespace.join();
    else if (this.#state === 'over') namespace.failed(new Error('the connection is closed'));
    return namespace;
  }

  /** Says goodbye once all is sent, and resolves when no socket is left. */
  async close(): Promise<void> {
    this.#stop();
    this.#engine.close();
    await this.#sockets.quiet(() => this.#engine.isClosed, CLOSE_TIMEOUT_MS);
    await this.cut();
  }

  /** Ends it without a word; resolves when no socket is left. */
  async cut(): Promise<void> {
    this.#stop();
    this.#engine.cut();
    await this.#sockets.cut();
  }

  send(packets: readonly Message[]): void {
    for (const packet of packets) this.#engine.send(packet);
  }

  left(namespace: Namespace): void {
    this.#namespaces.splice(this.#namespaces.indexOf(namespace), 1);
    if (this.#namespaces.length === 0 && this.#state !== 'over') void this.close();
  }

  opened(): void {
    this.#state = 'open';
    this.#backoff.reset();
    for (const namespace of [...this.#namespaces]) namespace.join();
  }

  text(bytes: Buffer, start: number, end: number): void {
    if (this.#awaiting !== undefined) {
      this.#lost('parse error');
      return;
    }
    for (const namespace of this.#namespaces) {
      if (namespace.skim(bytes, start, end)) return;
      if (namespace.awaitsBytes(bytes, start, end)) {
        this.#awaiting = namespace;
        return;
      }
    }
    this.#decode(bytes.toString('utf8', start, end));
  }

  binary(bytes: Buffer, start: number, end: number): void {
    const awaiting = this.#awaiting;
    if (awaiting === undefined) {
      this.#lost('parse error');
    } else if (awaiting instanceof Namespace) {
      this.#awaiting = undefined;
      awaiting.takeBytes(bytes, start, end);
    } else {
      this.#attach(awaiting, Buffer.from(bytes.subarray(start, end)));
    }
  }

  ended(why: string, error: Error): void {
    if (this.#state === 'open') {
      this.#lost(why);
    } else if (this.#state === 'opening') {
      for (const namespace of [...this.#namespaces]) namespace.failed(error);
      this.#openAgain();
    }
  }

  #decode(text: string): void {
    let packet: SocketPacket;
    try {
      packet = decodePacket(text);
    } catch {
      this.#lost('parse error');
      return;
    }
    if (packet.attachments > 0) this.#awaiting = { packet, attachments: [] };
    else this.#pass(packet);
  }

  #attach({ packet, attachments }: Unfinished, attachment: Buffer): void {
    if (attachments.push(attachment) < packet.attachments) return;
    this.#awaiting = undefined;
    let data: unknown;
    try {
      data = fillIn(packet.data, attachments);
    } catch {
      this.#lost('parse error');
      return;
    }
    this.#pass({ ...packet, data });
  }

  #pass(packet: SocketPacket): void {
    this.#namespaces.find(({ name }) => name === packet.namespace)?.receive(packet);
  }

  #lost(why: string): void {
    this.#state = 'broken';
    this.#awaiting = undefined;
    this.#engine.close();
    this.#backoff.reset();
    for (const namespace of [...this.#namespaces]) namespace.lost(why);
    this.#openAgain();
  }

  #openAgain(): void {
    if (this.#state === 'over') return;
    this.#state = 'broken';
    this.#retry = setTimeout(() => {
      this.#state = 'opening';
      this.#engine.cut();
      // By now a goodbye has arrived, if it ever does.
      this.#sockets.drop();
      this.#engine = new Engine(this.#sockets, this.#carriers, this);
    }, this.#backoff.nextMs());
  }

  #stop(): void {
    this.#state = 'over';
    clearTimeout(this.#retry);
    for (const namespace of [...this.#namespaces]) namespace.forget();
  }
}
