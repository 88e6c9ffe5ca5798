import type { CalibrationEvent } from '../calibrate/index.ts';
import type { Look } from '../report/index.ts';
import { isLive, openLine, seconds, type Terminal, timeLeft } from './progress.ts';

interface Progress {
  observe(event: CalibrationEvent): void;
  end(): void;
}

/** Shows how a calibration goes on: one live line on a terminal, a line per finished check elsewhere. */
export async function showCalibration(stream: Terminal, look: Look): Promise<Progress> {
  const line = isLive(stream) ? await openLine(stream, look) : undefined;
  const say = (text: string) => line ?? stream.write(`${text}\n`);
  const under = new Set<string>();
  let checks = 0;
  let done = 0;
  const doing = () => `check ${Math.min(done + 1, checks)} of ${checks} · ${[...under].join(', ')}`;
  return {
    observe(event) {
      if (event.kind === 'planned') {
        checks = event.checks;
        line?.show('starting', event.expectedMs);
        say(`${checks} check${checks === 1 ? '' : 's'}, about ${seconds(event.expectedMs)}`);
      } else if (event.kind === 'begun') {
        under.add(event.name);
        line?.show(doing());
      } else {
        const { name, state } = event.outcome;
        under.delete(name);
        done += 1;
        line?.show(doing(), event.remainingMs);
        const left = done < checks ? ` · ${timeLeft(event.remainingMs)}` : '';
        say(`[${done}/${checks}] ${name} ${state}${left}`);
      }
    },
    end: () => line?.end(),
  };
}
