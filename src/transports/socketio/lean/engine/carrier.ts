import type { Carrier as CarrierName } from '../../protocol.ts';

/** An engine.io packet as a carrier takes it: text begins with its type; bytes are always a message. */
export type Packet = string | Uint8Array;

/** Why a connection ended, in the library's words. */
export type Ending = 'transport close' | 'transport error' | 'ping timeout' | 'forced close' | 'timeout';

/** What moves the packets of an engine. */
export interface Carrier {
  readonly name: CarrierName;
  /** Whether packets can be written now. */
  readonly isWritable: boolean;
  /** Who is told; another, once the engine has gone over to this carrier. */
  heard: CarrierEvents;
  open(): void;
  write(packets: readonly Packet[]): void;
  /** Says goodbye, where that is possible; tells nothing more. */
  leave(): void;
}

/** What a carrier tells. Bytes are lent: whoever keeps some copies them. */
export interface CarrierEvents {
  opened(): void;
  /** A text packet, its type first. */
  packet(bytes: Buffer, start: number, end: number): void;
  /** A message of bytes. */
  binary(bytes: Buffer, start: number, end: number): void;
  /** What was written has gone, and more can be written. */
  drained(): void;
  ended(why: Ending, error: Error): void;
}

/** Hears nothing. */
export const NOBODY: CarrierEvents = {
  opened() {},
  packet() {},
  binary() {},
  drained() {},
  ended() {},
};
