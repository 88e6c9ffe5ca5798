import type { Socket } from 'node:net';
import type { ClientOptions } from '../../../../contracts.ts';
import { openSocket } from '../../../lean/socket.ts';

/** One client's own sockets, whatever they carry. */
export class Sockets {
  readonly url: URL;
  readonly options: ClientOptions;
  readonly #open = new Set<Socket>();
  /** How many of them wait for a next request. */
  #idle = 0;
  #isCut = false;
  /** What is waited for; each answers whether it has come. */
  #awaited: (() => boolean)[] = [];

  constructor(url: URL, options: ClientOptions) {
    this.url = url;
    this.options = options;
  }

  /** Opens one; it is told why it was closed. */
  open(read: (bytes: Buffer) => void, closed: (error: Error) => void): Socket {
    let failure: Error | undefined;
    const socket = openSocket(this.url, this.options, (bytes) => {
      try {
        read(bytes);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    this.#open.add(socket);
    if (this.#isCut) socket.destroy();
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => {
      this.#open.delete(socket);
      closed(failure ?? new Error('the connection was closed'));
      this.#changed();
    });
    return socket;
  }

  /** One of them has become idle (1), or is so no longer (-1). */
  noteIdle(change: 1 | -1): void {
    this.#idle += change;
    this.#changed();
  }

  /** Breaks what is open, idle or not. */
  drop(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** Waits until nothing is open but idle connections and `over` holds; not for ever. */
  async quiet(over: () => boolean, withinMs: number): Promise<void> {
    await this.#until(() => over() && this.#open.size <= this.#idle, withinMs);
  }

  /** Breaks what is open, and whatever is opened from now on; resolves when no socket is left. */
  async cut(): Promise<void> {
    this.#isCut = true;
    this.drop();
    await this.#until(() => this.#open.size === 0);
  }

  #changed(): void {
    if (this.#awaited.length > 0) this.#awaited = this.#awaited.filter((hasCome) => !hasCome());
  }

  async #until(holds: () => boolean, withinMs?: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(resolve, withinMs);
      this.#awaited.push(() => {
        if (!holds()) return false;
        clearTimeout(timer);
        resolve();
        return true;
      });
      this.#changed();
    });
  }
}
