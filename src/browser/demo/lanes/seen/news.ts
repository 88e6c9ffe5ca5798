import { DEMO_TRANSPORTS, type DemoTransport } from '../../../../demo-talk.ts';

/** One event as far as the page needs it; demo-talk's News. */
export interface Heard {
  readonly n: number;
  readonly atMs: number;
  readonly from: DemoTransport | undefined;
  readonly text: string;
}

/** Reads an event; undefined where it is none. */
export function readNews(message: string): Heard | undefined {
  let value: Partial<Record<string, unknown>>;
  try {
    value = JSON.parse(message);
  } catch {
    return undefined;
  }
  const { n, atMs, from, text } = value ?? {};
  if (typeof n !== 'number' || typeof atMs !== 'number' || typeof text !== 'string') return undefined;
  return { n, atMs, from: DEMO_TRANSPORTS.find((transport) => transport === from), text };
}
