import type { Message } from '../../../contracts.ts';

/** Who is told the messages that are read out of an answer. */
export interface Heard {
  message(message: Message): void;
  /** Whether it takes messages as bytes, lent, whole and unescaped. */
  readonly skims: boolean;
  skim(bytes: Buffer, start: number, end: number): void;
}
