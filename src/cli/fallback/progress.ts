import type { FallbackEvent } from '../../fallback/index.ts';
import type { Look } from '../../report/index.ts';
import { isLive, openLine, type Terminal } from '../progress.ts';

/** Shows how the tries go on. */
interface Progress {
  observe(event: FallbackEvent): void;
  end(): void;
}

/** One live line on a terminal, a line per finished try elsewhere, nothing where `quiet`. */
export async function showTries(stream: Terminal, look: Look, quiet: boolean): Promise<Progress> {
  if (quiet) return { observe: () => undefined, end: () => undefined };
  const line = isLive(stream) ? await openLine(stream, look) : undefined;
  return {
    observe(event) {
      if (line === undefined) stream.write(`${told(event)}\n`);
      else line.show(told(event));
    },
    end: () => line?.end(),
  };
}

function told({ kind, found }: FallbackEvent): string {
  const took = `${found.outcome} after ${Math.round(found.tookMs)} ms`;
  if (kind === 'mismatch') return `${found.client} at a ${found.server} server · ${took}`;
  return `${found.transport} · ${found.way} · ${took}${found.carrying === null ? '' : ` · by ${found.carrying}`}`;
}
