import type { ServerSide } from '../contracts.ts';
import { nowNs, sinceUs } from '../instrument/clock.ts';
import type { Timeline } from '../timeline.ts';

/** Trouble that a calibration makes on purpose, to see whether it is noticed; counts are of the schedule's messages. */
export interface ServerSabotage {
  /** Of every so many messages one is never sent, one is sent twice, or one is sent after its successor. */
  readonly dropOneIn?: number;
  readonly repeatOneIn?: number;
  readonly swapOneIn?: number;
  /** Busy for so long after each message, beyond what sending costs. */
  readonly spinUsPerMessage?: number;
  /** Every message is sent so long after it was due. */
  readonly lateMs?: number;
  /** The next message is due a period after the last one was really sent: what an honest generator must not do. */
  readonly closedLoop?: boolean;
}

// Apart from each other, so that one trouble never meets another.
const PLACES = { drop: 1, repeat: 4, swap: 7 };

/** The server side with the trouble in between; the warm-up does not pass here. */
export function sabotaged(side: ServerSide, sabotage: ServerSabotage): ServerSide {
  const { dropOneIn, repeatOneIn, swapOneIn, spinUsPerMessage = 0 } = sabotage;
  let count = 0;
  let held: (() => void) | undefined;
  return {
    publish(room, message) {
      const place = count++;
      const send = () => side.publish(room, message);
      const chosen = (oneIn: number | undefined, at: number) => oneIn !== undefined && place % oneIn === at;
      if (chosen(swapOneIn, PLACES.swap)) {
        held = send;
        return;
      }
      if (!chosen(dropOneIn, PLACES.drop)) send();
      if (chosen(repeatOneIn, PLACES.repeat)) send();
      held?.();
      held = undefined;
      if (spinUsPerMessage > 0) spinUntil(nowNs() + spinUsPerMessage * 1000);
    },
    close: () => side.close(),
  };
}

/** Beats as a closed loop does and writes into `dueUs` when each message was due by its reckoning. */
export function beatInClosedLoop(
  { epochNs }: Timeline,
  dueUs: number[],
  beat: (passed: number) => void,
): void {
  const [first = 0, second = 0] = dueUs;
  const periodUs = second - first;
  const step = (index: number) => {
    beat(index + 1);
    if (index + 1 >= dueUs.length) return;
    dueUs[index + 1] = Math.floor(sinceUs(epochNs) + periodUs);
    setTimeout(step, periodUs / 1000, index + 1);
  };
  setTimeout(step, Math.max(0, (first - sinceUs(epochNs)) / 1000), 0);
}

/** Is busy until an instant of the shared clock. */
export function spinUntil(instantNs: number): void {
  while (nowNs() < instantNs);
}

/** A known burden: so many bytes, half of them on the JavaScript heap and half in a buffer. */
export function allocate(bytes: number): unknown {
  return { heap: new Array<number>(bytes / 16).fill(0.5), buffer: Buffer.alloc(bytes / 2, 1) };
}
