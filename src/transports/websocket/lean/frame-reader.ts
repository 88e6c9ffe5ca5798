import {
  BINARY,
  CLOSE,
  CONTINUATION,
  FINAL,
  LENGTH_16,
  LENGTH_64,
  MASKED,
  PING,
  PONG,
  SHORT,
} from '../opcodes.ts';
import { FrameError, invalidFrame } from './frame-error.ts';
import { isText } from './utf8.ts';

const RESERVED_1 = 0x40;
const RESERVED_2_3 = 0x30;
/** As `ws` has it: a message of endless empty fragments ends somewhere. */
const MAX_FRAGMENTS = 16 << 10;
/** What a close frame without a status means. */
export const NO_STATUS = 1005;

/** Hears what frames carried. Bytes are lent: whoever keeps some copies them. */
export interface Heard {
  text(bytes: Buffer, start: number, end: number): void;
  binary(bytes: Buffer, start: number, end: number): void;
  ping(bytes: Buffer, start: number, end: number): void;
  pong(): void;
  /** The server says goodbye, or answers ours: the last that is heard. */
  closing(code: number, reason: string): void;
}

/** Reads the frames that a server sends; keeps only what an unfinished message needs. */
export class FrameReader {
  readonly #heard: Heard;
  readonly #maxMessageBytes: number;
  /** The beginning of a frame's head, or of a control frame. */
  #rest: Buffer | undefined;
  /** The beginning of a message, in the buffer's first bytes. */
  #kept: Buffer | undefined;
  #keptBytes = 0;
  /** What the message is whose frames come; 0 between messages. */
  #opcode = 0;
  #isFinal = false;
  /** Bytes that are still to come of this frame. */
  #left = 0;
  #fragments = 0;
  #isOver = false;

  constructor(heard: Heard, maxMessageBytes: number) {
    this.#heard = heard;
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Reads what came; throws a FrameError where that breaks the protocol, and then reads no more. */
  feed(bytes: Buffer, start = 0): void {
    let all = bytes;
    let at = start;
    if (this.#rest !== undefined) {
      all = Buffer.concat([this.#rest, bytes.subarray(start)]);
      at = 0;
      this.#rest = undefined;
    }
    while (at < all.length && !this.#isOver) {
      const next = this.#left > 0 ? this.#readData(all, at) : this.#readFrame(all, at);
      if (next === at) {
        this.#rest = Buffer.from(all.subarray(at));
        return;
      }
      at = next;
    }
  }

  /** Reads no more, and keeps nothing. */
  stop(): void {
    this.#isOver = true;
    this.#rest = undefined;
    this.#kept = undefined;
  }

  /** Reads a frame, or as far as a data frame is there; answers where the next begins, or `at` where too little is there. */
  #readFrame(bytes: Buffer, at: number): number {
    if (bytes.length - at < 2) return at;
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    this.#check(first, second);
    let start = at + 2;
    let length = second;
    if (length === LENGTH_16) {
      start += 2;
      if (start > bytes.length) return at;
      length = bytes.readUInt16BE(at + 2);
    } else if (length === LENGTH_64) {
      start += 8;
      if (start > bytes.length) return at;
      length = this.#longLength(bytes, at + 2);
    }
    const opcode = first & 15;
    return opcode >= CLOSE
      ? this.#readControl(opcode, bytes, at, start + length)
      : this.#readMessage(first, bytes, start, length);
  }

  #readControl(opcode: number, bytes: Buffer, at: number, end: number): number {
    if (end > bytes.length) return at;
    const start = at + 2;
    if (opcode === PING) this.#heard.ping(bytes, start, end);
    else if (opcode === PONG) this.#heard.pong();
    else this.#readClose(bytes, start, end);
    return end;
  }

  #readClose(bytes: Buffer, start: number, end: number): void {
    if (start === end) {
      this.stop();
      this.#heard.closing(NO_STATUS, '');
      return;
    }
    const code = bytes.readUInt16BE(start);
    if (!isStatusCode(code)) throw this.#broken(invalidFrame(`invalid status code ${code}`));
    if (!isText(bytes, start + 2, end)) throw this.#broken(invalidFrame('invalid UTF-8 sequence', 1007));
    this.stop();
    this.#heard.closing(code, bytes.toString('utf8', start + 2, end));
  }

  #readMessage(first: number, bytes: Buffer, start: number, length: number): number {
    if (this.#keptBytes + length > this.#maxMessageBytes)
      throw this.#broken(new FrameError(1009, 'Max payload size exceeded'));
    const end = start + length;
    const opcode = first & 15;
    const isFinal = (first & FINAL) !== 0;
    // Most messages are one frame that is wholly there.
    if (isFinal && opcode !== CONTINUATION && end <= bytes.length) {
      this.#tell(opcode, bytes, start, end);
      return end;
    }
    if (opcode !== CONTINUATION) this.#opcode = opcode;
    this.#isFinal = isFinal;
    this.#left = length;
    if (length === 0) this.#endFrame();
    return start;
  }

  #readData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#keep(bytes, at, end);
    this.#left -= end - at;
    if (this.#left === 0) this.#endFrame();
    return end;
  }

  /** Takes room for twice what came, and never for more than was announced: a server may announce what it never sends. */
  #keep(bytes: Buffer, start: number, end: number): void {
    const needed = this.#keptBytes + end - start;
    if (this.#kept === undefined || this.#kept.length < needed) {
      const roomier = Buffer.allocUnsafeSlow(Math.min(2 * needed, this.#keptBytes + this.#left));
      this.#kept?.copy(roomier, 0, 0, this.#keptBytes);
      this.#kept = roomier;
    }
    bytes.copy(this.#kept, this.#keptBytes, start, end);
    this.#keptBytes = needed;
  }

  #endFrame(): void {
    if (++this.#fragments > MAX_FRAGMENTS)
      throw this.#broken(new FrameError(1008, 'Too many message fragments'));
    if (!this.#isFinal) return;
    const message = this.#kept ?? NOTHING;
    const length = this.#keptBytes;
    const opcode = this.#opcode;
    this.#kept = undefined;
    this.#keptBytes = 0;
    this.#opcode = 0;
    this.#fragments = 0;
    this.#tell(opcode, message, 0, length);
  }

  #tell(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === BINARY) this.#heard.binary(bytes, start, end);
    else if (isText(bytes, start, end)) this.#heard.text(bytes, start, end);
    else throw this.#broken(invalidFrame('invalid UTF-8 sequence', 1007));
  }

  #check(first: number, second: number): void {
    const opcode = first & 15;
    const wrong = (what: string) => this.#broken(invalidFrame(what));
    if ((first & RESERVED_2_3) !== 0) throw wrong('RSV2 and RSV3 must be clear');
    if ((first & RESERVED_1) !== 0) throw wrong('RSV1 must be clear');
    if (opcode === CONTINUATION ? this.#opcode === 0 : opcode <= BINARY && this.#opcode !== 0)
      throw wrong(`invalid opcode ${opcode}`);
    if (opcode > BINARY) {
      if (opcode < CLOSE || opcode > PONG) throw wrong(`invalid opcode ${opcode}`);
      if ((first & FINAL) === 0) throw wrong('FIN must be set');
      const length = second & ~MASKED;
      if (length > SHORT || (opcode === CLOSE && length === 1))
        throw wrong(`invalid payload length ${length}`);
    }
    if ((second & MASKED) !== 0) throw wrong('MASK must be clear');
  }

  #longLength(bytes: Buffer, at: number): number {
    const high = bytes.readUInt32BE(at);
    if (high >= 2 ** 21) {
      const why = 'Unsupported WebSocket frame: payload length > 2^53 - 1';
      throw this.#broken(new FrameError(1009, why));
    }
    return high * 2 ** 32 + bytes.readUInt32BE(at + 4);
  }

  #broken(error: FrameError): FrameError {
    this.stop();
    return error;
  }
}

const NOTHING = Buffer.alloc(0);

function isStatusCode(code: number): boolean {
  if (code >= 3000) return code < 5000;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== NO_STATUS && code !== 1006;
}
