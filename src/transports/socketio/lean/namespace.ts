import type { ClientEvents, Message } from '../../../contracts.ts';
import { EVENT, isMessage } from '../protocol.ts';
import {
  ACK,
  CONNECT,
  CONNECT_ERROR,
  DISCONNECT,
  EVENT_PACKET,
  encodeMessage,
  isRecord,
  type SocketPacket,
} from './packets.ts';
import { Skimmer } from './skimmer.ts';

/** Every client's first namespace is skimmed alike. */
const FIRST = new Skimmer('');

/** What a namespace needs of the connection that it shares. */
export interface Shared {
  /** Sends a packet and its attachments, if it has some. */
  send(packets: readonly Message[]): void;
  /** It is over for this namespace. */
  left(namespace: Namespace): void;
}

/** How an attempt to join a namespace comes out. */
export interface Joining {
  joined(): void;
  refused(error: Error): void;
}

/** One namespace of a client: its events, its questions, and what it needs to be recovered. */
export class Namespace {
  readonly name: string;
  readonly #where: string;
  readonly #events: ClientEvents;
  readonly #shared: Shared;
  readonly #skimmer: Skimmer;
  #joining: Joining | undefined;
  #state: 'away' | 'joined' | 'over' = 'away';
  #isInterrupted = false;
  /** What is sent while away. */
  #unsent: (readonly Message[])[] | undefined;
  #asked: Set<number> | undefined;
  #nextId = 0;
  /** By these a server knows again who has lost a connection, and what it has missed. */
  #privateId: string | undefined;
  #offset: string | undefined;

  constructor(
    name: string,
    {
      events,
      shared,
      joining,
    }: { readonly events: ClientEvents; readonly shared: Shared; readonly joining: Joining },
  ) {
    this.name = name;
    this.#events = events;
    this.#shared = shared;
    this.#joining = joining;
    this.#where = name === '/' ? '' : `${name},`;
    this.#skimmer = this.#where === '' ? FIRST : new Skimmer(this.#where);
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** The connection is open: joins, or joins again. */
  join(): void {
    const known = { pid: this.#privateId, offset: this.#offset };
    const data = this.#privateId !== undefined ? JSON.stringify(known) : '';
    this.#shared.send([`${CONNECT}${this.#where}${data}`]);
  }

  send(message: Message): void {
    this.#send(encodeMessage(this.#where, message));
  }

  ask(message: Message): void {
    const id = this.#nextId++;
    this.#asked ??= new Set();
    this.#asked.add(id);
    this.#send(encodeMessage(this.#where, message, id));
  }

  /** Says goodbye; nothing more is told. */
  leave(): void {
    if (this.#state === 'joined') this.#shared.send([`${DISCONNECT}${this.#where}`]);
    this.forget();
  }

  /** Nothing more is told. */
  forget(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#unsent = undefined;
    this.#shared.left(this);
  }

  /** The connection broke, and is being opened again. */
  lost(why: string): void {
    if (this.#state === 'over') return;
    if (this.#state === 'joined') this.#asked?.clear();
    this.#state = 'away';
    if (this.#isInterrupted) return;
    this.#isInterrupted = true;
    this.#events.interrupted?.(why);
  }

  /** The connection could not be opened. */
  failed(error: Error): void {
    if (this.#joining !== undefined) this.#refused(error);
  }

  /** Takes a packet that says one plain text, without taking it apart; false where it is none, or another's. */
  skim(bytes: Buffer, start: number, end: number): boolean {
    const found = this.#isHearing ? this.#skimmer.read(bytes, start, end) : undefined;
    if (found === undefined) return false;
    const { id, from, to, offsetFrom, offsetTo } = found;
    if (id >= 0) {
      if (this.#asked?.delete(id) !== true) return true;
    } else if (this.#privateId !== undefined) {
      // The last string is the offset, even where a server has added none.
      if (offsetFrom < 0) return false;
      this.#offset = bytes.toString('utf8', offsetFrom, offsetTo);
    }
    if (this.#events.skim === undefined) this.#events.message(bytes.toString('utf8', from, to));
    else this.#events.skim(bytes, from, to);
    return true;
  }

  /** Whether a packet says nothing but that a message of bytes follows. */
  awaitsBytes(bytes: Buffer, start: number, end: number): boolean {
    return this.#isHearing && this.#skimmer.isBinary(bytes, start, end);
  }

  /** Takes such a message. */
  takeBytes(bytes: Buffer, start: number, end: number): void {
    if (!this.#isHearing) return;
    if (this.#events.skim === undefined) this.#events.message(Buffer.from(bytes.subarray(start, end)));
    else this.#events.skim(bytes, start, end);
  }

  receive({ type, id, data }: SocketPacket): void {
    if (this.#state === 'over') return;
    if (type === CONNECT) this.#connected(isRecord(data) ? data : {});
    else if (type === EVENT_PACKET) this.#event(Array.isArray(data) ? data : [], id);
    else if (type === ACK) this.#answer(Array.isArray(data) ? data : [], id);
    else if (type === DISCONNECT) this.#end('io server disconnect');
    else if (type === CONNECT_ERROR)
      this.#refused(new Error(isRecord(data) ? String(data.message) : String(data)));
  }

  /** A server that recovers tells what was missed before it says that this has joined. */
  get #isHearing(): boolean {
    return this.#state === 'joined' || (this.#state === 'away' && this.#privateId !== undefined);
  }

  #send(packets: readonly Message[]): void {
    if (this.#state === 'joined') {
      this.#shared.send(packets);
    } else if (this.#state === 'away') {
      this.#unsent ??= [];
      this.#unsent.push(packets);
    }
  }

  #connected({ sid, pid }: Record<string, unknown>): void {
    if (!sid) {
      this.#refused(new Error('the server speaks an older socket.io'));
      return;
    }
    if (this.#state === 'joined') return;
    const isWhole = this.#privateId !== undefined && pid === this.#privateId;
    this.#privateId = typeof pid === 'string' && pid !== '' ? pid : undefined;
    this.#state = 'joined';
    for (const packets of this.#unsent ?? []) this.#shared.send(packets);
    this.#unsent = undefined;
    const joining = this.#joining;
    this.#joining = undefined;
    const wasInterrupted = this.#isInterrupted;
    this.#isInterrupted = false;
    if (joining !== undefined) joining.joined();
    else if (wasInterrupted) this.#events.resumed?.(isWhole);
  }

  #event(args: readonly unknown[], id: number | undefined): void {
    if (!this.#isHearing) return;
    const [name, message] = args;
    if (name === EVENT && isMessage(message)) this.#events.message(message);
    const last = args.at(-1);
    if (id === undefined && this.#privateId !== undefined && typeof last === 'string') this.#offset = last;
  }

  #answer([reply]: readonly unknown[], id: number | undefined): void {
    if (id === undefined || this.#asked?.delete(id) !== true) return;
    if (isMessage(reply)) this.#events.message(reply);
  }

  #refused(error: Error): void {
    const joining = this.#joining;
    if (joining === undefined) {
      this.#end(error.message);
      return;
    }
    this.#joining = undefined;
    this.forget();
    joining.refused(error);
  }

  #end(why: string): void {
    const joining = this.#joining;
    this.forget();
    if (joining === undefined) this.#events.closed(why);
    else joining.refused(new Error(why));
  }
}
