import type { Direction } from '../../../measurements/trace/steps.ts';
import { ACK, type End, FIN, PSH, packetOf, RST, SEGMENT_BYTES, SYN } from './packet.ts';

/** One TCP connection as packets: each call gives those that follow what has been. */
export interface Flow {
  open(): Uint8Array[];
  /** The server's word that it is open, and the client's; nothing where that has been said. */
  accept(): Uint8Array[];
  /** In segments. The client acknowledges at once what it sees; the server's word is one of its own. */
  send(way: Direction, bytes: Uint8Array, isLost?: boolean): Uint8Array[];
  end(way: Direction, isLost?: boolean): Uint8Array[];
  /** The server's word that it has the next of what the client sent; nothing for what was lost, or came behind that. */
  acknowledge(): Uint8Array[];
  reset(way: Direction): Uint8Array[];
}

/** A connection from a client's end to the server's, whose packets count themselves by `nextId`. */
export function flowBetween(client: End, server: End, nextId: () => number): Flow {
  const ends = { up: client, down: server };
  const next = { up: 0, down: 0 };
  const ended = { up: false, down: false };
  let isOpen = false;
  let isAccepted = false;
  let isReset = false;
  /** Up to where the client knows that the server has it, and what it is yet to be told. */
  let acknowledged = 0;
  const owed: number[] = [];
  let hasGap = false;

  function put(way: Direction, flags: number, data: Uint8Array = new Uint8Array()): Uint8Array {
    const other = opposite(way);
    const packet = packetOf({
      ...{ from: ends[way], to: ends[other], flags, data, id: nextId() },
      sequence: next[way],
      acknowledged: (flags & ACK) === 0 ? 0 : way === 'up' ? next.down : acknowledged,
    });
    next[way] += data.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1);
    return packet;
  }

  function open(): Uint8Array[] {
    if (isOpen) return [];
    isOpen = true;
    return [put('up', SYN)];
  }

  function accept(): Uint8Array[] {
    if (isAccepted) return [];
    isAccepted = true;
    const packets = open();
    acknowledged = next.up;
    return [...packets, put('down', SYN | ACK), put('up', ACK)];
  }

  function answer(way: Direction, isLost: boolean): Uint8Array[] {
    if (way === 'down') return [put('up', ACK)];
    hasGap ||= isLost;
    if (!hasGap) owed.push(next.up);
    return [];
  }

  return {
    open,
    accept,
    send(way, bytes, isLost = false) {
      if (isReset || ended[way]) return [];
      const packets = accept();
      for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
        const data = bytes.subarray(at, at + SEGMENT_BYTES);
        packets.push(put(way, at + data.length === bytes.length ? PSH | ACK : ACK, data));
      }
      return [...packets, ...answer(way, isLost)];
    },
    end(way, isLost = false) {
      if (isReset || ended[way]) return [];
      const packets = accept();
      ended[way] = true;
      return [...packets, put(way, FIN | ACK), ...answer(way, isLost)];
    },
    acknowledge() {
      const upTo = owed.shift();
      if (isReset || upTo === undefined) return [];
      acknowledged = upTo;
      return [put('down', ACK)];
    },
    reset(way) {
      if (isReset || (ended.up && ended.down)) return [];
      const packets = open();
      if (!isAccepted) acknowledged = next.up;
      isReset = true;
      return [...packets, put(way, RST | ACK)];
    },
  };
}

function opposite(way: Direction): Direction {
  return way === 'up' ? 'down' : 'up';
}
