import { createHash, randomBytes } from 'node:crypto';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const BEGINNING = 'HTTP/1.';
const HEAD_END = '\r\n\r\n';
/** As node:http has it. */
const MAX_HEAD_BYTES = 16 << 10;

/** What is asked for besides the upgrade itself; the server is to see the header lines in the order of `ws`. */
export interface UpgradeWish {
  /** Stand before those of the upgrade. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What `Sec-WebSocket-Extensions` offers, where the library offers some; a server that accepts is refused. */
  readonly extensions?: string;
}

/** One handshake: the request to write, and its answer. */
export class Upgrade {
  readonly request: string;
  readonly #accept: string;
  #head: Buffer | undefined;

  /** The target is all of the address: host, path and query. */
  constructor({ host, pathname, search }: URL, { headers = {}, extensions }: UpgradeWish = {}) {
    const key = randomBytes(16).toString('base64');
    this.#accept = createHash('sha1')
      .update(key + GUID)
      .digest('base64');
    const offer = extensions === undefined ? {} : { 'Sec-WebSocket-Extensions': extensions };
    const all = {
      ...headers,
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      ...offer,
      Host: host,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    this.request = `GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`;
  }

  /** Reads what came; answers where in it the first frame begins, once the server has agreed. Throws where it does not. */
  read(bytes: Buffer): number | undefined {
    const before = this.#head?.length ?? 0;
    const all = this.#head === undefined ? bytes : Buffer.concat([this.#head, bytes]);
    if (!startsAsHttp(all)) throw new Error('Parse Error: Expected HTTP/');
    let start = 0;
    for (let end = all.indexOf(HEAD_END); end >= 0; end = all.indexOf(HEAD_END, start)) {
      const head = all.toString('latin1', start, end + 2);
      start = end + HEAD_END.length;
      if (!this.#isEarly(head)) return start - before;
    }
    if (all.length - start > MAX_HEAD_BYTES) throw new Error('Parse Error: Header overflow');
    this.#head = Buffer.from(all.subarray(start));
    return undefined;
  }

  /** Whether an answer only says that another will follow; throws where it is not the one that was asked for. */
  #isEarly(head: string): boolean {
    const status = /^HTTP\/1\.[01] (\d{3})[ \r]/.exec(head)?.[1];
    if (status === undefined) throw new Error('Parse Error: Invalid status line');
    if (status.startsWith('1') && status !== '101') return true;
    if (status !== '101') throw new Error(`Unexpected server response: ${status}`);
    if (headerOf(head, 'Upgrade')?.toLowerCase() !== 'websocket') throw new Error('Invalid Upgrade header');
    if (headerOf(head, 'Sec-WebSocket-Accept') !== this.#accept)
      throw new Error('Invalid Sec-WebSocket-Accept header');
    for (const name of ['Sec-WebSocket-Extensions', 'Sec-WebSocket-Protocol']) {
      if (headerOf(head, name) !== undefined)
        throw new Error(`Server sent a ${name} header that was not asked for`);
    }
    return false;
  }
}

function startsAsHttp(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, BEGINNING.length);
  return bytes.toString('latin1', 0, length) === BEGINNING.slice(0, length);
}

function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`\r\n${name}:[ \t]*([^\r]*?)[ \t]*\r\n`, 'i').exec(head)?.[1];
}
