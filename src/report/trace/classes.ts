import type { ByteClass } from '../../measurements/trace/steps.ts';

/** How a class of bytes is marked where there may be no colour. */
export interface ClassMark {
  readonly glyph: string;
  readonly colour: 'cyan' | 'blue' | 'magenta' | 'yellow' | 'green';
  /** What its bytes are there for. */
  readonly meaning: string;
}

/** By class. */
export const CLASS_MARKS: Readonly<Record<ByteClass, ClassMark>> = {
  handshake: { glyph: '░', colour: 'yellow', meaning: 'hello and goodbye' },
  header: { glyph: '▓', colour: 'blue', meaning: 'HTTP heads' },
  framing: { glyph: '▒', colour: 'magenta', meaning: 'where messages begin and end' },
  payload: { glyph: '█', colour: 'cyan', meaning: 'the messages themselves' },
  heartbeat: { glyph: '·', colour: 'green', meaning: 'signs of life' },
};
