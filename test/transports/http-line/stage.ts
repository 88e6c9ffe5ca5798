import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import type { ClientOptions } from '../../../src/contracts.ts';
import type { Asker, Line, OpenLine } from '../../../src/transports/http/client/line.ts';
import { openLeanLine } from '../../../src/transports/http/lean/line.ts';
import { openLibraryLine } from '../../../src/transports/http/library/line.ts';
import { clientOptions, listen, until } from '../harness.ts';

/** Both crowds' lines. */
export const LINES = [
  ['the lean', openLeanLine],
  ['the library', openLibraryLine],
] as const;

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
export const CHUNKED = 'HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n';
/** What is heard of `OK`. */
export const HEARD_OK = ['200', 'ok', 'end'];

/** Notes what it is told. */
export class Hearing implements Asker {
  readonly heard: string[] = [];

  head(status: number, type: string): void {
    this.heard.push(`${status}${type}`);
  }

  data(bytes: Buffer, start: number, end: number): void {
    this.heard.push(bytes.toString('utf8', start, end));
  }

  end(): void {
    this.heard.push('end');
  }

  failed({ message }: Error): void {
    this.heard.push(`failed: ${message}`);
  }

  broken({ message }: Error): void {
    this.heard.push(`again: ${message}`);
  }

  done(): Promise<void> {
    return until('an end', () => /^(end|failed)/.test(this.heard.at(-1) ?? ''), { now: () => this.heard });
  }

  /** The same with the body in one piece. */
  whole(): string[] {
    const [head = '', ...rest] = this.heard;
    const body = rest.slice(0, -1).join('');
    return [head, ...(body === '' ? [] : [body]), ...rest.slice(-1)];
  }
}

/** A server and a line to it, both new for each test; `open` makes the line anew by other options. */
export function useLine(openLine: OpenLine) {
  let stage: Stage;
  let line: Line;
  const open = (options: Partial<ClientOptions> = {}) => {
    line = openLine(new URL(`http://127.0.0.1:${stage.port}/base/`), clientOptions(options));
  };
  beforeEach(async () => {
    stage = await begin();
    open({ heartbeatTimeoutMs: 5_000 });
  });
  afterEach(async () => {
    await line.close();
    await stage.end();
  });
  return { open, stage: () => stage, line: () => line };
}

/** What is heard of one request. */
export async function ask(line: Line, more = {}): Promise<string[]> {
  const hearing = new Hearing();
  line.get('/', hearing, more);
  await hearing.done();
  return hearing.heard;
}

/** A server that gives the answers it was told to, and `OK` without. */
export interface Stage {
  readonly port: number;
  readonly answers: ((socket: Socket) => unknown)[];
  /** What each read brought. */
  readonly reads: string[];
  readonly open: Set<Socket>;
  readonly connections: number;
  /** How often a request came before the last one was answered. */
  readonly overlaps: number;
  endAll(): void;
  end(): Promise<unknown>;
}

/** Starts that server. */
export async function begin(): Promise<Stage> {
  const [answers, reads, open]: [Stage['answers'], string[], Set<Socket>] = [[], [], new Set()];
  const counts = { connections: 0, overlaps: 0 };
  let isBusy = false;
  const server: Server = createServer({ noDelay: true }, (socket) => {
    counts.connections++;
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.on('data', async (bytes: Buffer) => {
      reads.push(bytes.toString('latin1'));
      if (isBusy) counts.overlaps++;
      isBusy = true;
      await new Promise(setImmediate);
      isBusy = false;
      await (answers.shift() ?? ((asking: Socket) => asking.write(OK)))(socket);
    });
  });
  const port = await listen(server);
  const drop = (how: 'end' | 'destroy') => {
    for (const socket of open) socket[how]();
  };
  return Object.assign(counts, {
    port,
    answers,
    reads,
    open,
    endAll: () => drop('end'),
    end: () => {
      drop('destroy');
      server.close();
      return once(server, 'close');
    },
  });
}

/** Resolves when it is on its way by itself. */
export function write(socket: Socket, text: string): Promise<unknown> {
  return new Promise((resolve) => socket.write(text, 'latin1', () => setImmediate(resolve)));
}
