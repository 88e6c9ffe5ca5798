/** What went wrong, in the words that decide the exit code and that callers may branch on. */
export type ErrorCode =
  | 'usage'
  | 'connect'
  | 'child'
  | 'timeout'
  | 'output'
  | 'report'
  | 'invalid'
  | 'gate'
  | 'interrupted';

/** The one error type: it names the option or thing, the value, and what to do. */
export class RtbenchError extends Error {
  override readonly name = 'RtbenchError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
