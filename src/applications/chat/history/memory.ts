import type { Line } from '../talk.ts';
import type { Past } from './store.ts';

const LINES_A_ROOM = 50;
/** Rooms that are remembered; the one in which nothing was said for longest is forgotten first. */
const ROOMS = 100;
/** How long what was said in a room is remembered after the last word. */
const KEPT_MS = 60 * 60_000;

interface Said {
  readonly lines: Line[];
  atMs: number;
}

/** What was said lately, for a server that keeps nothing longer than it runs. */
export class MemoryHistory implements Past {
  /** In the order of the last word in each. */
  readonly #rooms = new Map<string, Said>();

  keep({ room, name, text }: { readonly room: string } & Line, send: () => void): void {
    send();
    const lines = this.#linesOf(room).concat({ name, text }).slice(-LINES_A_ROOM);
    this.#rooms.delete(room);
    this.#rooms.set(room, { lines, atMs: performance.now() });
    for (const oldest of this.#rooms.keys()) {
      if (this.#rooms.size <= ROOMS) break;
      this.#rooms.delete(oldest);
    }
  }

  async last(room: string, count: number): Promise<readonly Line[]> {
    return this.#linesOf(room).slice(-count);
  }

  #linesOf(room: string): readonly Line[] {
    const said = this.#rooms.get(room);
    return said === undefined || performance.now() - said.atMs > KEPT_MS ? [] : said.lines;
  }
}
