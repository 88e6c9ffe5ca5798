import { endOfDigits, endOfText, numberOf, standsAt } from '../../lean/plain.ts';
import { EVENT } from '../protocol.ts';

const OPENING = Buffer.from('["');
const CLOSING = Buffer.from('"]');
const NEXT = Buffer.from('","');

/** Where in a packet its text stands, and what else it says. */
export interface Skimmed {
  /** Of an answer, the number of what it answers; negative for an event. */
  id: number;
  from: number;
  to: number;
  /** Where the second string stands, which a server adds that recovers; negative where there is none. */
  offsetFrom: number;
  offsetTo: number;
}

/** Finds the text in the packets of one namespace, where it says nothing else and is plain. */
export class Skimmer {
  readonly #event: Buffer;
  readonly #answer: Buffer;
  readonly #binary: Buffer;
  /** Used again for each packet: so many come. */
  readonly #found: Skimmed = { id: -1, from: 0, to: 0, offsetFrom: -1, offsetTo: -1 };

  /** `where` is what stands for the namespace in a packet. */
  constructor(where: string) {
    this.#event = Buffer.from(`2${where}["${EVENT}","`);
    this.#answer = Buffer.from(`3${where}`);
    this.#binary = Buffer.from(`51-${where}["${EVENT}",{"_placeholder":true,"num":0}]`);
  }

  /** Lends what it finds, until it is asked again; undefined where a packet must be taken apart. */
  read(bytes: Buffer, start: number, end: number): Skimmed | undefined {
    const found = this.#found;
    found.id = -1;
    found.offsetFrom = -1;
    if (standsAt(bytes, start, end, this.#event)) found.from = start + this.#event.length;
    else if (!this.#beginsAnswer(bytes, start, end)) return undefined;
    found.to = endOfText(bytes, found.from, end);
    if (found.to < 0) return undefined;
    return isEnd(bytes, found.to, end) || this.#readOffset(bytes, end) ? found : undefined;
  }

  /** Whether a packet says nothing but that a message of bytes follows. */
  isBinary(bytes: Buffer, start: number, end: number): boolean {
    return end - start === this.#binary.length && standsAt(bytes, start, end, this.#binary);
  }

  #beginsAnswer(bytes: Buffer, start: number, end: number): boolean {
    const head = this.#answer;
    if (!standsAt(bytes, start, end, head)) return false;
    const first = start + head.length;
    const at = endOfDigits(bytes, first, end);
    if (at === first || !standsAt(bytes, at, end, OPENING)) return false;
    this.#found.id = numberOf(bytes, first, at);
    this.#found.from = at + OPENING.length;
    return true;
  }

  #readOffset(bytes: Buffer, end: number): boolean {
    const found = this.#found;
    if (found.id >= 0 || !standsAt(bytes, found.to, end, NEXT)) return false;
    found.offsetFrom = found.to + NEXT.length;
    found.offsetTo = endOfText(bytes, found.offsetFrom, end);
    return isEnd(bytes, found.offsetTo, end);
  }
}

function isEnd(bytes: Buffer, at: number, end: number): boolean {
  return at === end - CLOSING.length && standsAt(bytes, at, end, CLOSING);
}
