import type { WebSocket } from 'ws';
import type { Asking, Telling } from '../../../demo-talk.ts';
import { Bucket } from '../../server/door/bucket.ts';
import { type Control, readAsking } from './asking.ts';

/** What stands behind a page. */
export interface Behind {
  /** What to say to a page that says hello with this token. */
  welcome(token: string | null): Extract<Telling, { readonly type: 'welcome' }>;
  /** Answers with why it cannot be done; null when it is done. */
  ask(control: Control): Promise<string | null>;
}

/** How a WebSocket is closed that does not behave. */
const CLOSE = { notText: 1003, misbehaves: 1008 };
/** A hand on a slider asks some twenty times a second. */
const ASKINGS = { most: 100, perSecond: 40 };
const HELLO_WITHIN_MS = 10_000;
/** Whoever has so much still to read is gone, or too slow to be shown anything live. */
const MOST_UNREAD_BYTES = 256 << 10;

/** One page's end of `/control`. */
export class Page {
  readonly #socket: WebSocket;
  readonly #behind: Behind;
  readonly #bucket = new Bucket(ASKINGS);
  readonly #patience: NodeJS.Timeout;
  /** Null before it has said hello. */
  #mayControl: boolean | null = null;

  constructor(socket: WebSocket, behind: Behind) {
    this.#socket = socket;
    this.#behind = behind;
    this.#patience = setTimeout(() => this.close(CLOSE.misbehaves, 'no hello'), HELLO_WITHIN_MS).unref();
    // Frames that are too large or wrong: the library closes the connection.
    socket.on('error', () => undefined);
    socket.once('close', () => clearTimeout(this.#patience));
    socket.on('message', (data, isBinary) => this.#heard(String(data), isBinary));
  }

  get hasSaidHello(): boolean {
    return this.#mayControl !== null;
  }

  tell(telling: Telling): void {
    this.send(JSON.stringify(telling));
  }

  /** Sends what is already written, once for all pages. */
  send(text: string): void {
    if (this.#socket.bufferedAmount > MOST_UNREAD_BYTES) this.#socket.terminate();
    else this.#socket.send(text, () => undefined);
  }

  close(code: number, why: string): void {
    this.#socket.close(code, why);
  }

  #heard(text: string, isBinary: boolean): void {
    // Also after it was told to go, until it has gone.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (isBinary) this.close(CLOSE.notText, 'only text');
    else if (this.#bucket.take()) this.#understand(readAsking(text));
    else this.close(CLOSE.misbehaves, 'too fast');
  }

  #understand(asking: Asking | string): void {
    if (typeof asking === 'string') this.#refuse(asking);
    else if (asking.type === 'hello') this.#greet(asking.token);
    else if (this.#mayControl === null) this.#refuse('First say hello.');
    else if (asking.type === 'clock') this.tell({ ...asking, atMs: Date.now() });
    else if (this.#mayControl) void this.#ask(asking);
    else this.#refuse('Only who has the printed address with its token may control.');
  }

  #greet(token: string | null): void {
    clearTimeout(this.#patience);
    const welcome = this.#behind.welcome(token);
    this.#mayControl = welcome.mayControl;
    this.tell(welcome);
  }

  async #ask(control: Control): Promise<void> {
    const why = await this.#behind.ask(control);
    if (why !== null) this.#refuse(why);
  }

  #refuse(why: string): void {
    this.tell({ type: 'refused', why });
  }
}
