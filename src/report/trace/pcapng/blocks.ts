/** The blocks that a capture file is made of (pcapng): little-endian, each padded to four bytes, its length at both ends. */

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
/** Packets begin with their IP header. */
const LINKTYPE_RAW = 101;

const COMMENT = 1;
const INTERFACE_NAME = 2;
const APPLICATION = 4;

/** The head of a file: who wrote it, and what is to be known of it. */
export function sectionBlock(application: string, comment: string): Uint8Array {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(BYTE_ORDER);
  head.writeUInt16LE(1, 4);
  // How long the section is, is not said: it goes on to the end.
  head.fill(0xff, 8);
  return block(SECTION, [head, optionsOf([COMMENT, comment], [APPLICATION, application])]);
}

/** Where packets were seen; they name it by its place among its like. Times are in microseconds, as is usual. */
export function interfaceBlock(name: string): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(LINKTYPE_RAW);
  return block(INTERFACE, [head, optionsOf([INTERFACE_NAME, name])]);
}

/** One packet and when it was seen, in microseconds since 1970. */
export function packetBlock(place: number, atUs: bigint, packet: Uint8Array, comment: string): Uint8Array {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(place);
  head.writeUInt32LE(Number(atUs >> 32n), 4);
  head.writeUInt32LE(Number(atUs & 0xffffffffn), 8);
  head.writeUInt32LE(packet.length, 12);
  head.writeUInt32LE(packet.length, 16);
  return block(PACKET, [head, padded(packet), comment === '' ? '' : optionsOf([COMMENT, comment])]);
}

function block(type: number, parts: readonly (Uint8Array | '')[]): Uint8Array {
  const body = Buffer.concat(parts.filter((part) => part !== ''));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length + 12);
  const kind = Buffer.alloc(4);
  kind.writeUInt32LE(type);
  return Buffer.concat([kind, length, body, length]);
}

function optionsOf(...options: readonly (readonly [code: number, text: string])[]): Uint8Array {
  const written = options.map(([code, text]) => {
    const bytes = Buffer.from(text);
    const head = Buffer.alloc(4);
    head.writeUInt16LE(code);
    head.writeUInt16LE(bytes.length, 2);
    return Buffer.concat([head, padded(bytes)]);
  });
  return Buffer.concat([...written, Buffer.alloc(4)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
