/** A server broke the protocol; `code` is what its connection is closed with. */
export class FrameError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A frame that cannot be: said in the words of `ws`. */
export function invalidFrame(what: string, code = 1002): FrameError {
  return new FrameError(code, `Invalid WebSocket frame: ${what}`);
}
