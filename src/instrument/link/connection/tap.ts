import { nowNs } from '../../clock.ts';
import type { Piece, Tapped } from '../protocol.ts';
import type { What } from './flow.ts';

/** Keeps the beginning of what crosses one connection, each way. */
export class Tap {
  readonly #target: number;
  readonly #address: string;
  readonly #openedNs = nowNs();
  readonly #mostBytes: number;
  readonly #pieces: Piece[] = [];
  readonly #bytes = { up: 0, down: 0 };

  constructor(target: number, address: string, mostBytes: number) {
    this.#target = target;
    this.#address = address;
    this.#mostBytes = mostBytes;
  }

  note(way: Piece['way'], what: What, isLost = false): void {
    const ends = typeof what === 'string';
    const room = this.#mostBytes - this.#bytes[way];
    if (!ends) this.#bytes[way] += what.length;
    if (!ends && room <= 0) return;
    this.#pieces.push({
      way,
      atNs: nowNs(),
      what: ends ? what : 'bytes',
      latin1: ends ? '' : what.toString('latin1', 0, room),
      ...(isLost && { isLost }),
    });
  }

  get tapped(): Tapped {
    const { up, down } = this.#bytes;
    return {
      target: this.#target,
      address: this.#address,
      openedNs: this.#openedNs,
      pieces: this.#pieces,
      upBytes: up,
      downBytes: down,
    };
  }
}
