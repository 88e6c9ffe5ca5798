import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { DemoState, Telling } from '../../../demo-talk.ts';
import { type Behind, Page } from './page.ts';

const MOST_FRAME_BYTES = 4096;
const MOST_PAGES = 100;
/** How a WebSocket is closed for reasons of ours. */
const CLOSE = { ended: 1001, full: 1013 };

/** Lets an observer see every state, until what it answers with is called. */
type Watch = (observer: (state: DemoState) => void) => () => void;

/** All pages that are open now. */
export class Pages {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME_BYTES,
    perMessageDeflate: false,
  });
  readonly #pages = new Set<Page>();
  readonly #behind: Behind;
  readonly #watch: Watch;
  #stopWatching: () => void = () => undefined;

  constructor(behind: Behind, watch: Watch) {
    this.#behind = behind;
    this.#watch = watch;
  }

  get count(): number {
    return this.#pages.size;
  }

  /** Takes a request for `/control`. */
  readonly take = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      if (this.#pages.size >= MOST_PAGES) return webSocket.close(CLOSE.full, 'too many pages');
      const page = new Page(webSocket, this.#behind);
      this.#pages.add(page);
      if (this.#pages.size === 1) this.#stopWatching = this.#watch(this.#show);
      webSocket.once('close', () => {
        this.#pages.delete(page);
        if (this.#pages.size === 0) this.#stopWatching();
      });
    });
  };

  /** Tells all that the demo is over. */
  close(): void {
    for (const page of this.#pages) page.close(CLOSE.ended, 'the demo has ended');
  }

  /** Waits for nobody's goodbye. */
  cutOff(): void {
    for (const webSocket of this.#server.clients) webSocket.terminate();
  }

  /** Written once for all who have said hello. */
  readonly #show = (state: DemoState): void => {
    const text = JSON.stringify({ type: 'state', state } satisfies Telling);
    for (const page of this.#pages) if (page.hasSaidHello) page.send(text);
  };
}
