/** What a frame is. */
export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

/** The last frame of its message. */
export const FINAL = 0x80;
export const MASKED = 0x80;
/** A length up to this stands in the second byte. */
export const SHORT = 125;
/** The length follows in two bytes, or in eight. */
export const LENGTH_16 = 126;
export const LENGTH_64 = 127;
