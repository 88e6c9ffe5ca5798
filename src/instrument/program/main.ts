import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAt } from '../meter.ts';
import { heldCommand } from '../pinning.ts';
import { serveRole } from '../role-process.ts';
import { findPorts } from './ports.ts';
import { readGroup } from './proc.ts';
import type { ProgramCalls, ProgramStart } from './protocol.ts';

const READY_MS = 10_000;
const ASK_AGAIN_MS = 10;
const COMPLAINT_CHARACTERS = 2000;

/** One foreign program with its own processes, in a folder of its own. */
class Keeper {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rtbench-'));
  #child: ChildProcess | undefined;
  #over: Promise<void> = Promise.resolve();
  #complaint = '';

  async start({ command, files, port }: ProgramStart): Promise<void> {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#folder, name), text);
    const [program = '', ...args] = heldCommand(command, undefined);
    // A group of its own: what it starts goes with it, and Ctrl-C does not reach it.
    const child = spawn(program, args, {
      cwd: this.#folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#complaint = '';
    const listen = (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString()).slice(-COMPLAINT_CHARACTERS);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    this.#over = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#complaint = error.message;
        resolve();
      });
      child.once('exit', () => resolve());
    });
    let isOver = false;
    this.#over.then(() => {
      isOver = true;
    });
    const deadline = performance.now() + READY_MS;
    while (!(await accepts(port))) {
      if (isOver || performance.now() > deadline) throw new Error(this.#why(command, isOver));
      await sleep(ASK_AGAIN_MS);
    }
  }

  get group(): number | undefined {
    return this.#child?.pid;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.group === undefined) return;
    try {
      process.kill(-this.group, signal);
    } catch {
      // It is gone already.
    }
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#over;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #why([program]: readonly string[], isOver: boolean): string {
    const lines = this.#complaint.trim().split('\n').slice(-3).join(' ');
    return `${program} ${isOver ? 'ended at once' : 'accepts no connection'}. ${lines}`.trim();
  }
}

function accepts(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

/** The keeper's body: it outlives its parent by the moment that ending the program takes. */
export function serve(): void {
  const keeper = new Keeper();
  const calls: ProgramCalls = {
    findPorts: ({ count }) => findPorts(count),
    async start(input) {
      await keeper.start(input);
      return null;
    },
    async kill() {
      await keeper.kill();
      return null;
    },
    signal({ signal }) {
      keeper.signal(signal);
      return null;
    },
    watch: ({ instantsNs }) => readAt(instantsNs, () => readGroup(keeper.group ?? 0)),
  };
  serveRole(calls, () => keeper.end());
}
