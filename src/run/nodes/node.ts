import { messageOf, RtbenchError } from '../../errors.ts';
import { nowNs, within } from '../../instrument/clock.ts';
import { type Frozen, freeze } from '../../instrument/frozen.ts';
import type { RoleProcess } from '../../instrument/role-process.ts';
import type { Arrivals } from '../../schedule/due-times.ts';
import {
  nothingRead,
  type ServerAccount,
  type ServerCalls,
  type ServerReading,
  type ServerShare,
  type ServerStart,
} from '../../server/protocol.ts';
import type { Timeline } from '../../timeline.ts';
import { accountOf, joinLives, shareOf } from './join.ts';

type ServerProcess = RoleProcess<ServerCalls>;

/** A server process that ended though nobody ended it. */
export interface Death {
  readonly node: number;
  readonly atNs: number;
  readonly why: string;
}

/** How long a server is waited for that is to leave what it has. */
const PATIENCE_MS = { account: 2000, retire: 3000 };

/** One node of a round: a place at a port, where one server process may follow another. */
export class ServerNode {
  readonly deaths: Death[] = [];
  readonly #number: number;
  /** How long an answer is waited for before the round goes on without it; null where it is needed. */
  readonly #patienceMs: number | null;
  readonly #spawn: () => ServerProcess;
  /** What the processes before this one left behind. */
  readonly #left: ServerAccount[] = [];
  #process: ServerProcess;
  /** Made ready while nobody is there. */
  #successor: ServerProcess | null = null;
  #start: ServerStart | undefined;
  #armed: { readonly timeline: Timeline; readonly arrivals: Arrivals | null } | undefined;
  #lastRead = nothingRead(0);
  #frozen: Frozen | null = null;
  /** What is done to it, one thing after the other. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  /** Nobody is there, because that was wanted. */
  #isAway = false;
  #isOver = false;

  constructor(number: number, patienceMs: number | null, spawn: () => ServerProcess) {
    this.#number = number;
    this.#patienceMs = patienceMs;
    this.#spawn = spawn;
    this.#process = spawn();
    this.#watch(this.#process);
  }

  /** Who is there now, or was last. */
  get process(): ServerProcess {
    return this.#process;
  }

  /** Answers with its port. */
  async start(input: Omit<ServerStart, 'node' | 'port'>): Promise<number> {
    const start = { ...input, node: this.#number, port: null };
    const { port } = await this.#process.ask('start', start);
    this.#start = { ...start, port };
    return port;
  }

  /** Asks who is there; the answer is `absent` where nobody answers, if the round goes on without. It may take `beforehandMs` anyway. */
  async answer<Answer>(
    ask: (server: ServerProcess) => Promise<Answer>,
    absent: Answer,
    beforehandMs = 0,
  ): Promise<Answer> {
    if (this.#patienceMs === null) return ask(this.#process);
    if (this.#isAway) return absent;
    const patienceMs = beforehandMs + this.#patienceMs;
    const server = this.#process;
    try {
      const answer = await within(patienceMs, ask(server));
      if (answer !== undefined) return answer;
      this.#died(`gave no answer for ${patienceMs / 1000} s`);
      this.#isAway = true;
      await server.end();
    } catch (error) {
      if (!server.isOver) throw error;
    }
    return absent;
  }

  async read(): Promise<ServerReading> {
    this.#lastRead = await this.answer((server) => server.ask('read', null), nothingRead(nowNs()));
    return this.#lastRead;
  }

  async arm(timeline: Timeline, arrivals: Arrivals | null): Promise<void> {
    this.#armed = { timeline, arrivals };
    await this.answer((server) => server.ask('arm', { timeline, arrivals }), null);
  }

  /** What all who were there add to the round; answers after the timeline's end. */
  async collect(): Promise<ServerShare> {
    if (this.#armed === undefined)
      throw new RtbenchError('child', 'The server was asked before it was armed');
    const { timeline } = this.#armed;
    const lives = this.#left.map((account) => shareOf(account, timeline));
    if (!this.#isAway) {
      const untilEndMs = (timeline.epochNs + timeline.lightEndUs * 1000 - nowNs()) / 1e6;
      const unknown = shareOf(accountOf(this.#lastRead), timeline);
      lives.push(
        await this.answer((server) => server.ask('collect', null), unknown, Math.max(0, untilEndMs)),
      );
    }
    return joinLives(lives);
  }

  /** Has a successor at hand, so that how long nobody is there does not depend on how quickly a process starts. */
  prepare(): void {
    if (!this.#isOver) this.#successor ??= this.#spawn();
  }

  /** Kills it; answers with the instant. */
  kill(hasSuccessor: boolean): Promise<number> {
    return this.#inTurn(async () => {
      await this.#keepWhatIsLeft(PATIENCE_MS.account, (server) => server.ask('account', null));
      const atNs = nowNs();
      await this.#leave(hasSuccessor);
      return atNs;
    });
  }

  /** Lets it end in good order; answers with the instant at which that began. */
  retire(hasSuccessor: boolean): Promise<number> {
    return this.#inTurn(async () => {
      const atNs = nowNs();
      await this.#keepWhatIsLeft(PATIENCE_MS.retire, (server) => server.ask('retire', null));
      await this.#leave(hasSuccessor);
      return atNs;
    });
  }

  /** Puts a fresh process in the place of the one that left; answers with the instant at which it could be reached. */
  revive(): Promise<number> {
    return this.#inTurn(async () => {
      if (this.#isOver || this.#start === undefined || this.#armed === undefined) return nowNs();
      this.#process = this.#successor ?? this.#spawn();
      this.#successor = null;
      this.#lastRead = nothingRead(nowNs());
      try {
        await this.#process.ask('start', this.#start);
        const atNs = nowNs();
        await this.#process.ask('arm', this.#armed);
        this.#isAway = false;
        this.#watch(this.#process);
        return atNs;
      } catch (error) {
        if (!this.#isOver) this.#died(messageOf(error));
        return nowNs();
      }
    });
  }

  freeze(): Promise<number> {
    return this.#inTurn(async () => {
      const atNs = nowNs();
      if (!this.#process.isOver) this.#frozen = freeze(this.#process.pid);
      return atNs;
    });
  }

  thaw(): number {
    const atNs = nowNs();
    if (this.#process.isOver) this.#frozen?.forget();
    else this.#frozen?.thaw();
    this.#frozen = null;
    return atNs;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    this.#frozen?.forget();
    await Promise.all([this.#process.end(), this.#successor?.end()]);
  }

  #inTurn(act: () => Promise<number>): Promise<number> {
    const done = this.#lastTurn.then(act);
    this.#lastTurn = done.catch(() => undefined);
    return done;
  }

  async #keepWhatIsLeft(
    patienceMs: number,
    ask: (server: ServerProcess) => Promise<ServerAccount>,
  ): Promise<void> {
    if (this.#isAway) return;
    const account = await within(patienceMs, ask(this.#process)).catch(() => undefined);
    this.#left.push(account ?? accountOf(this.#lastRead));
  }

  async #leave(hasSuccessor: boolean): Promise<void> {
    this.#isAway = true;
    await this.#process.end();
    if (hasSuccessor) this.prepare();
  }

  /** Takes note if it ends by itself. */
  #watch(server: ServerProcess): void {
    server.over.then((how) => {
      const isOurDoing = this.#isAway || this.#isOver || server !== this.#process;
      if (!isOurDoing) this.#died(server.lastWords || how);
    });
  }

  #died(why: string): void {
    this.deaths.push({ node: this.#number, atNs: nowNs(), why });
  }
}
