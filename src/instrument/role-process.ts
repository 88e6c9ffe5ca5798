import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { messageOf, RtbenchError } from '../errors.ts';
import { isStandalone, ownUrl } from '../own/files.ts';
import { heldCommand } from './pinning.ts';

/** What a process of ours is started for; bin/rtbench.js turns the name into a module. */
export type Role = 'server' | 'clients' | 'yardstick' | 'relay' | 'program' | 'cannon' | 'demo';

/** A role's calls: a name, one plain-data argument, one plain-data answer. */
export type Calls = Readonly<Record<string, (input: never) => unknown>>;
type Input<C extends Calls, K extends keyof C> = Parameters<C[K]>[0];
type Output<C extends Calls, K extends keyof C> = Awaited<ReturnType<C[K]>>;

interface Request {
  readonly id: number;
  readonly call: string;
  readonly input: unknown;
}
interface Reply {
  /** Absent where it is no reply. */
  readonly id?: number;
  readonly output?: unknown;
  readonly error?: string;
}

/** What a process that runs out of memory says comes before a long account of its stack. */
const KEPT_LETTERS = { heard: 6000, told: 2000 };
/** The line that says what was wrong, among those that say where. */
const COMPLAINT = /^[\w ]*error(?:: | \[|$)/i;

/** What starts this same program again: in the one executable, that alone. */
const SELF = [process.execPath, ...(isStandalone ? [] : [fileURLToPath(ownUrl('bin/rtbench.js'))])];

/** How a role's process is told to end; who has something to clear away is asked to. */
const LAST_SIGNAL: Readonly<Partial<Record<Role, 'TERM'>>> = { program: 'TERM' };

/** A child process that answers calls; it never outlives this one. */
export class RoleProcess<C extends Calls> {
  readonly role: Role;
  readonly #lastSignal: 'KILL' | 'TERM';
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  /** Told of what the child sends that is no reply. */
  onStray: ((message: object) => void) | undefined;
  readonly #exited: Promise<string>;
  /** Why it answers nothing any more; null while it does. */
  #failure: RtbenchError | null = null;
  #stderr = '';
  #nextId = 0;

  constructor(role: Role, cores: readonly number[] | undefined, enter?: readonly string[]) {
    this.role = role;
    this.#lastSignal = LAST_SIGNAL[role] ?? 'KILL';
    const [program = process.execPath, ...args] = heldCommand(SELF, cores, enter, this.#lastSignal);
    this.#child = spawn(program, args, {
      env: { ...process.env, RTBENCH_ROLE: role },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Bytes stay bytes.
      serialization: 'advanced',
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-KEPT_LETTERS.heard);
    });
    this.#child.on('message', (reply: Reply) => {
      if (reply.id === undefined) this.onStray?.(reply);
      else this.#answered(reply);
    });
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#over(resolve, error.message));
      // Later than its exit: all that it said has been heard by then.
      this.#child.once('close', (code, signal) =>
        this.#over(resolve, `ended with ${signal ?? `code ${code}`}`),
      );
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isOver(): boolean {
    return this.#failure !== null;
  }

  /** Tells when it is gone, whoever ended it, and how. */
  get over(): Promise<string> {
    return this.#exited;
  }

  /** What it complained of in the end, in one line; empty where it said nothing. */
  get lastWords(): string {
    const lines = this.#stderr.split('\n').map((line) => line.trim());
    return lines.find((line) => COMPLAINT.test(line)) ?? lines.findLast((line) => line !== '') ?? '';
  }

  /** Calls the child; rejects with code `child` when it fails or ends. */
  ask<K extends keyof C & string>(call: K, input: Input<C, K>): Promise<Output<C, K>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure);
      // The other end is this same program: what it answers is what the type says.
      this.#pending.set(id, { resolve: (value) => resolve(value as Output<C, K>), reject });
      this.#child.send({ id, call, input } satisfies Request, (error) => {
        // Where the channel is gone, so is the process, and what it said in the end tells more.
        if (error && this.#child.connected) this.#answered({ id, error: error.message });
      });
    });
  }

  /** Sends the child what is no call; whoever listens there for the like takes it. */
  pass(message: object): void {
    this.#child.send(message, () => undefined);
  }

  /** Ends the child and waits until it is gone. */
  async end(): Promise<void> {
    this.#child.kill(`SIG${this.#lastSignal}`);
    await this.#exited;
  }

  #answered(reply: Reply): void {
    const { id = -1 } = reply;
    const waiting = this.#pending.get(id);
    this.#pending.delete(id);
    if (reply.error === undefined) waiting?.resolve(reply.output);
    else waiting?.reject(new RtbenchError('child', `The ${this.role} process failed: ${reply.error}`));
  }

  #over(exited: (how: string) => void, how: string): void {
    const words = this.#stderr.slice(-KEPT_LETTERS.told).trim();
    const failure = new RtbenchError('child', `The ${this.role} process ${how}. ${words}`.trim());
    this.#failure = failure;
    for (const { reject } of this.#pending.values()) reject(failure);
    this.#pending.clear();
    exited(how);
  }
}

/** The child's side: answers each call with its handler, and ends when the parent is gone, after what is `left` to do then. */
export function serveRole<C extends Calls>(handlers: C, left?: () => Promise<void>): void {
  // Whoever asked may be gone just now: that is no failure of this process, which has to clear away first.
  const answer = (reply: Reply) => process.send?.(reply, undefined, undefined, () => undefined);
  const end = async () => {
    await left?.();
    process.exit(0);
  };
  process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent decides what ends when.
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  process.on('message', async ({ id, call, input }: Partial<Request>) => {
    if (id === undefined || call === undefined) return;
    try {
      const handler = handlers[call];
      if (handler === undefined) throw new Error(`no call named ${call}`);
      answer({ id, output: await handler(input as never) });
    } catch (error) {
      answer({ id, error: messageOf(error) });
    }
  });
}
