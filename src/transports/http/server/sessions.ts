import { randomBytes } from 'node:crypto';
import type { App, Message, Peer, TransportOptions } from '../../../contracts.ts';
import { type Entry, Log } from './log.ts';
import { Reading } from './reading.ts';

/** How long a client that may return can stay away. */
export const SILENCE_MS = 30_000;
const SESSION_ID_BYTES = 9;

/** What differs between the transports that share sessions. */
export interface Delivery<Form, Way> {
  /** A message as it crosses the wire; made once, whoever gets it. */
  encode(id: number, message: Message): Form;
  /** Told of each new message for each client it is for; absent where clients ask by themselves. */
  deliver?(session: Session<Form, Way>, entry: Entry<Form>): void;
  /** Whether a way has more to carry than it should; absent where it carries one answer. */
  isFull?(way: Way): boolean;
  /** Told when a session is over, to end the way that it may still have. */
  ended(session: Session<Form, Way>): void;
}

/** One client across its requests. `way` is what the server can write to it now: a held response, an open stream. */
export class Session<Form, Way> implements Peer {
  readonly id: string;
  readonly joined = new Map<string, Reading<Form>>();
  /** What it still has to get from each log it reads or has read. */
  readings: Reading<Form>[] = [];
  way: Way | undefined;
  /** How far the client said it is, and how far it is if the last answer arrived. */
  cursor: number;
  given: number;
  /** How many messages it has sent. */
  received = 0;
  /** What the application answered the newest of them. */
  answer: Message | undefined;
  over = false;
  readonly #sessions: Sessions<Form, Way>;
  #own: Log<Form> | undefined;

  constructor(id: string, cursor: number, sessions: Sessions<Form, Way>) {
    this.id = id;
    this.cursor = cursor;
    this.given = cursor;
    this.#sessions = sessions;
  }

  join(room: string): void {
    this.#sessions.join(this, room);
  }

  leave(room: string): void {
    this.#sessions.leave(this, room);
  }

  send(message: Message): void {
    if (this.over) return;
    if (this.#own === undefined) {
      this.#own = this.#sessions.newLog();
      this.readings.push(new Reading(this.#own));
    }
    this.#sessions.append(this.#own, message, [this]);
  }

  get isBusy(): boolean {
    return this.way === undefined || this.#sessions.isFull(this.way);
  }

  drop(why: string): void {
    this.#sessions.close(this, why);
  }

  /** The client says how far it is. */
  seen(cursor: number): void {
    this.cursor = cursor;
    if (cursor === this.given) this.#acknowledge();
  }

  /** The client was written all there is. */
  caughtUp(): void {
    for (const reading of this.readings) reading.give(reading.log.end);
    this.#acknowledge();
  }

  #acknowledge(): void {
    let ended = false;
    for (const reading of this.readings) {
      reading.acknowledge();
      ended ||= reading.isOver;
    }
    if (ended) this.readings = this.readings.filter((reading) => !reading.isOver);
  }
}

interface Room<Form, Way> {
  readonly log: Log<Form>;
  readonly members: Set<Session<Form, Way>>;
}

/** All clients of one server, the rooms they are in, and the numbering of what is published. */
export class Sessions<Form, Way> {
  /** Number of the newest message; grows with each, whatever its room. */
  lastId = 0;
  readonly #app: App;
  readonly #options: Pick<TransportOptions, 'logMessages' | 'logBytes'>;
  readonly #delivery: Delivery<Form, Way>;
  readonly #rooms = new Map<string, Room<Form, Way>>();
  readonly #byId = new Map<string, Session<Form, Way>>();

  constructor(
    app: App,
    options: Pick<TransportOptions, 'logMessages' | 'logBytes'>,
    delivery: Delivery<Form, Way>,
  ) {
    this.#app = app;
    this.#options = options;
    this.#delivery = delivery;
  }

  /** Makes a session; the application hears of it when the caller says so. */
  open(): Session<Form, Way> {
    const id = randomBytes(SESSION_ID_BYTES).toString('base64url');
    const session = new Session(id, this.lastId, this);
    this.#byId.set(id, session);
    return session;
  }

  find(id: string): Session<Form, Way> | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<Session<Form, Way>> {
    return this.#byId.values();
  }

  close(session: Session<Form, Way>, why: string): void {
    if (session.over) return;
    session.over = true;
    this.#byId.delete(session.id);
    for (const room of session.joined.keys()) this.leave(session, room);
    this.#delivery.ended(session);
    this.#app.closed(session, why);
  }

  join(session: Session<Form, Way>, name: string): void {
    if (session.over || session.joined.has(name)) return;
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = { log: this.newLog(), members: new Set() };
      this.#rooms.set(name, room);
    }
    const reading = new Reading(room.log);
    room.members.add(session);
    session.joined.set(name, reading);
    session.readings.push(reading);
  }

  leave(session: Session<Form, Way>, name: string): void {
    const reading = session.joined.get(name);
    const room = this.#rooms.get(name);
    if (reading === undefined || room === undefined) return;
    session.joined.delete(name);
    reading.finish();
    // Where there is a way to write to the client, nothing waits to be read.
    if (session.way !== undefined) session.readings.splice(session.readings.indexOf(reading), 1);
    room.members.delete(session);
    if (room.members.size === 0) this.#rooms.delete(name);
  }

  publish(name: string, message: Message): void {
    const room = this.#rooms.get(name);
    if (room !== undefined) this.append(room.log, message, room.members);
  }

  append(log: Log<Form>, message: Message, to: Iterable<Session<Form, Way>>): void {
    const id = ++this.lastId;
    const bytes = typeof message === 'string' ? message.length : message.byteLength;
    const entry = { id, bytes, form: this.#delivery.encode(id, message) };
    log.append(entry);
    if (this.#delivery.deliver === undefined) return;
    for (const session of to) this.#delivery.deliver(session, entry);
  }

  isFull(way: Way): boolean {
    return this.#delivery.isFull?.(way) ?? false;
  }

  newLog(): Log<Form> {
    return new Log(this.#options);
  }
}
