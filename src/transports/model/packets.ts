/** Loopback's packets are 65,536 bytes: less IP's and TCP's headers with timestamps. */
const SEGMENT_BYTES = 65_536 - 20 - 32;
/** How long Linux waits for something to send along with an acknowledgement, once a connection talks both ways. */
const DELAYED_ACK_MS = 40;
/** SYN, SYN-ACK and ACK; two FINs and their ACKs. */
const CONNECTION_PACKETS = 7;

/** Data one way on a connection that is quiet otherwise: Linux answers every second segment, and the last at once. */
export function pushedPackets(bytes: number): number {
  const segments = segmentsOf(bytes);
  return segments + Math.ceil(segments / 2);
}

/** A request and its answer, each the other's acknowledgement; `quietMs` is the longest pause between two packets. */
export function exchangePackets(up: number, down: number, quietMs: number): number {
  const [asked, answered] = [segmentsOf(up), segmentsOf(down)];
  const along = Math.floor(asked / 2) + Math.floor(answered / 2);
  return asked + answered + along + (quietMs > DELAYED_ACK_MS ? 1 : 0);
}

/** The same on a connection of its own. */
export function singlePackets(up: number, down: number): number {
  return exchangePackets(up, down, Number.POSITIVE_INFINITY) + CONNECTION_PACKETS;
}

function segmentsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / SEGMENT_BYTES));
}
