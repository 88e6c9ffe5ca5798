import { connect, createServer, type Server, type Socket } from 'node:net';

/** How a server goes wrong on one connection: what it writes, and whether it then goes on for ever, falls silent or is gone. */
export interface Misdeed {
  readonly says: Buffer;
  readonly next: 'goes on' | 'falls silent' | 'hangs up';
}

const FLOOD = Buffer.alloc(64 << 10, 'a');

/** Does it: whoever goes on does so as fast as the other side reads, until that side has had enough. */
function misbehave(socket: Socket, { says, next }: Misdeed): void {
  socket.write(says);
  if (next === 'hangs up') socket.end();
  if (next !== 'goes on') return;
  const flood = () => {
    while (!socket.destroyed && socket.write(FLOOD));
  };
  socket.on('drain', flood);
  flood();
}

/** Stands before a real server: passes everything on, until it is told to misbehave in its place. */
export class Spoiler {
  readonly #server: Server;
  readonly #pairs = new Set<{ readonly near: Socket; readonly far: Socket }>();
  #misdeed: Misdeed | null;

  /** With a misdeed at once no connection ever reaches the real server. */
  constructor(port: number, misdeed: Misdeed | null = null) {
    this.#misdeed = misdeed;
    this.#server = createServer((near) => {
      near.on('error', () => near.destroy());
      if (this.#misdeed === null) this.#pass(near, port);
      else near.once('data', () => this.#misdeed !== null && misbehave(near, this.#misdeed));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}/`;
  }

  /** From now on, on every connection that is open and on those to come. */
  spoil(misdeed: Misdeed): void {
    this.#misdeed = misdeed;
    for (const { near, far } of this.#pairs) {
      far.unpipe(near);
      near.unpipe(far);
      far.destroy();
      near.resume();
      misbehave(near, misdeed);
    }
    this.#pairs.clear();
  }

  close(): void {
    this.#server.close();
  }

  #pass(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1');
    const pair = { near, far };
    this.#pairs.add(pair);
    far.on('error', () => near.destroy());
    near.pipe(far, { end: false }).pipe(near, { end: false });
    const over = () => {
      if (!this.#pairs.delete(pair)) return;
      near.destroy();
      far.destroy();
    };
    near.on('close', over);
    far.on('close', over);
  }
}
