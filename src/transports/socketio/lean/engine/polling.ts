import { packetBytes } from '../../protocol.ts';
import { type Carrier, type CarrierEvents, type Ending, NOBODY, type Packet } from './carrier.ts';
import { eachPacket, hasOnlyMessages, Payload } from './payload.ts';
import type { Asker, Requests } from './requests.ts';

const SEPARATOR = '\u001e';
const OPEN = 48;
const CLOSE = 49;
const BASE64 = 98;
const OK = 200;

type State = 'opening' | 'open' | 'pausing' | 'paused' | 'closed';

/** Packets by HTTP: one GET that waits for them, and a POST beside it for those of this side. */
export class Polling implements Carrier, Asker {
  readonly name = 'polling';
  heard: CarrierEvents = NOBODY;
  isWritable = false;
  readonly #requests: Requests;
  readonly #payload: Payload;
  readonly #posts: Posts;
  #state: State = 'opening';
  #isPolling = false;
  #status = 0;
  #paused = () => {};

  constructor(requests: Requests) {
    this.#requests = requests;
    const { maxMessageBytes, maxBufferBytes } = requests.sockets.options;
    // All that a server lets a client leave unread may come at once, and some more until it has noticed.
    this.#payload = new Payload(4 * maxBufferBytes + packetBytes(maxMessageBytes));
    this.#posts = new Posts(this);
  }

  open(): void {
    this.#isPolling = true;
    this.#requests.get(this);
  }

  write(packets: readonly Packet[]): void {
    this.isWritable = false;
    this.#requests.post(packets.map(encode).join(SEPARATOR), this.#posts);
  }

  /** Asks no more once what is under way is answered, and then tells so. */
  pause(done: () => void): void {
    this.#state = 'pausing';
    this.#paused = done;
    this.#settle();
  }

  leave(): void {
    const isOpen = this.#state === 'open';
    if (isOpen || this.#state === 'opening') this.#state = 'closed';
    if (isOpen) this.write(['1']);
  }

  head(status: number): void {
    this.#status = status;
    this.#payload.take();
  }

  data(bytes: Buffer, start: number, end: number): void {
    if (this.#status === OK && this.#state !== 'closed') this.#payload.add(bytes, start, end);
  }

  end(): void {
    if (this.#status !== OK) {
      this.#end('transport error', new Error(`xhr poll error (status ${this.#status})`));
      return;
    }
    // The library takes an answer up a timer's turn later: what the server has to say until then goes into the next.
    if (this.#state !== 'closed') setTimeout(polled, 0, this);
  }

  failed(error: Error): void {
    this.#end('transport error', new Error(`xhr poll error (${error.message})`, { cause: error }));
  }

  /** Takes an answer up. */
  polled(): void {
    const payload = this.#payload.take();
    // As the library does: it asks again before it tells of messages.
    const asksFirst = hasOnlyMessages(payload);
    if (asksFirst) this.#askAgain();
    eachPacket(payload, this.#take);
    if (!asksFirst) this.#askAgain();
  }

  /** What was posted has been taken. */
  posted(): void {
    this.isWritable = true;
    if (this.#state === 'closed') return;
    this.heard.drained();
    this.#settle();
  }

  postFailed(why: string): void {
    this.#end('transport error', new Error(`xhr post error (${why})`));
  }

  #askAgain(): void {
    this.#isPolling = false;
    if (this.#state === 'open') this.open();
    else this.#settle();
  }

  readonly #take = (bytes: Buffer, start: number, end: number): void => {
    const type = bytes[start];
    if (this.#state === 'closed') return;
    if (type === BASE64) {
      const binary = Buffer.from(bytes.toString('latin1', start + 1, end), 'base64');
      this.heard.binary(binary, 0, binary.length);
    } else if (start < end && type === CLOSE) {
      this.#end('transport close', new Error('transport closed by the server'));
    } else {
      if (this.#state === 'opening' && type === OPEN) {
        this.#state = 'open';
        this.isWritable = true;
        this.heard.opened();
      }
      this.heard.packet(bytes, start, end);
    }
  };

  #settle(): void {
    if (this.#state !== 'pausing' || this.#isPolling || !this.isWritable) return;
    this.#state = 'paused';
    this.#paused();
  }

  #end(why: Ending, error: Error): void {
    if (this.#state === 'closed') return;
    if (why === 'transport close') this.#state = 'closed';
    this.heard.ended(why, error);
  }
}

/** Hears the answers to what is posted. */
class Posts implements Asker {
  readonly #polling: Polling;
  #status = 0;

  constructor(polling: Polling) {
    this.#polling = polling;
  }

  head(status: number): void {
    this.#status = status;
  }

  data(): void {}

  end(): void {
    if (this.#status === OK) setTimeout(posted, 0, this.#polling);
    else this.#polling.postFailed(`status ${this.#status}`);
  }

  failed({ message }: Error): void {
    this.#polling.postFailed(message);
  }
}

function polled(polling: Polling): void {
  polling.polled();
}

function posted(polling: Polling): void {
  polling.posted();
}

function encode(packet: Packet): string {
  if (typeof packet === 'string') return packet;
  const { buffer, byteOffset, byteLength } = packet;
  return `b${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}`;
}
