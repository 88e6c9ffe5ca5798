/** One end of a TCP connection. */
export interface End {
  readonly address: readonly [number, number, number, number];
  readonly port: number;
}

/** What a TCP header says, as far as it differs from packet to packet. */
export interface Segment {
  readonly from: End;
  readonly to: End;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly flags: number;
  /** Counted up from packet to packet. */
  readonly id: number;
  readonly data: Uint8Array;
}

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

/** What a segment holds at most, as on an Ethernet. */
export const SEGMENT_BYTES = 1460;

const IP_HEAD_BYTES = 20;
const TCP_HEAD_BYTES = 20;
const TCP = 6;
/** The largest segment, nothing, and a window of 65,535 × 2^14: nobody ever waited for it. */
const SYN_OPTIONS = Buffer.from([2, 4, SEGMENT_BYTES >> 8, SEGMENT_BYTES & 0xff, 1, 3, 3, 14]);

/** A packet of IPv4 and TCP with right checksums. */
export function packetOf(segment: Segment): Uint8Array {
  const { from, to, id } = segment;
  const tcp = tcpOf(segment);
  const ip = Buffer.alloc(IP_HEAD_BYTES);
  ip[0] = 0x45;
  ip.writeUInt16BE(IP_HEAD_BYTES + tcp.length, 2);
  ip.writeUInt16BE(id & 0xffff, 4);
  ip[6] = 0x40;
  ip[8] = 64;
  ip[9] = TCP;
  ip.set(from.address, 12);
  ip.set(to.address, 16);
  ip.writeUInt16BE(checksumOf(ip), 10);
  return Buffer.concat([ip, tcp]);
}

function tcpOf({ from, to, sequence, acknowledged, flags, data }: Segment): Uint8Array {
  const options = (flags & SYN) === 0 ? Buffer.alloc(0) : SYN_OPTIONS;
  const head = Buffer.alloc(TCP_HEAD_BYTES);
  head.writeUInt16BE(from.port);
  head.writeUInt16BE(to.port, 2);
  head.writeUInt32BE(sequence >>> 0, 4);
  head.writeUInt32BE(acknowledged >>> 0, 8);
  head[12] = (TCP_HEAD_BYTES + options.length) << 2;
  head[13] = flags;
  head.writeUInt16BE(0xffff, 14);
  const whole = Buffer.concat([head, options, data]);
  const pseudo = Buffer.from([
    ...from.address,
    ...to.address,
    0,
    TCP,
    whole.length >> 8,
    whole.length & 0xff,
  ]);
  whole.writeUInt16BE(checksumOf(Buffer.concat([pseudo, whole])), 16);
  return whole;
}

/** The ones' complement of the ones' complement sum of all 16-bit words. */
function checksumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
