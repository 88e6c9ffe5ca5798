import { type OpenStage, openStage } from '../../demo/stage/open.ts';
import { leadTour } from '../../demo/tour/tour.ts';
import { type DemoSettings, FIRST_SETTINGS } from '../../demo-talk.ts';
import { RtbenchError } from '../../errors.ts';
import { untilAborted } from '../../instrument/clock.ts';
import type { Field } from '../../plan/fields/index.ts';
import { expected } from '../../plan/wording.ts';
import { interruption } from '../interrupt.ts';
import { note, print } from '../print.ts';
import { openInBrowser } from './browser.ts';
import { CHAPTER_MS, demoFields, forField, portField, tourField } from './fields.ts';
import { showInTerminal, type TerminalShow } from './terminal/live.ts';

/** What `demo` reads, as typed. */
export interface DemoOptions {
  readonly port: string;
  readonly host: string;
  readonly open?: boolean;
  readonly tour?: string | true;
  readonly terminal?: boolean;
  readonly color?: boolean;
  readonly for?: string;
  readonly rate?: string;
  readonly payload?: string;
  readonly pollInterval?: string;
  readonly rtt?: string;
}

/** Runs a demo until its time is over or somebody ends it. */
export async function answerDemo(options: DemoOptions): Promise<void> {
  const port = read(portField, options.port, 0);
  const settings = readSettings(options);
  const lastsMs = read(forField, options.for, null);
  const chapterMs = options.tour === true ? CHAPTER_MS : read(tourField, options.tour, null);
  const stage = await openStage({ host: options.host, port, settings });
  const signal = interruption();
  let show: TerminalShow | undefined;
  try {
    await announce(stage, port);
    if (options.open) openInBrowser(stage.url, note);
    if (options.terminal) show = await showInTerminal(stage, options.color);
    const end = ending(lastsMs, signal);
    const tour =
      chapterMs === null
        ? undefined
        : leadTour(stage, {
            chapterMs,
            lastMs: show === undefined ? chapterMs : 0,
            signal: end,
            ended: show?.tell,
          });
    // In a terminal it is over with its story; a page stays until somebody ends it.
    const isOver = tour !== undefined && options.terminal ? tour : untilAborted(end);
    await Promise.race([stage.failure, isOver]);
    await tour;
    if (tour === undefined) await show?.tell();
  } finally {
    // Before the stage: a lane that loses its server would try to come back for ever.
    await show?.close();
    await stage.close();
  }
  if (signal.aborted) throw new RtbenchError('interrupted', 'Interrupted');
}

function readSettings({ rate, payload, pollInterval, rtt }: DemoOptions): DemoSettings {
  return {
    eventsPerSecond: read(demoFields.eventsPerSecond, rate, FIRST_SETTINGS.eventsPerSecond),
    payloadBytes: read(demoFields.payloadBytes, payload, FIRST_SETTINGS.payloadBytes),
    pollIntervalMs: read(demoFields.pollIntervalMs, pollInterval, FIRST_SETTINGS.pollIntervalMs),
    rttMs: read(demoFields.rttMs, rtt, FIRST_SETTINGS.rttMs),
  };
}

function read<Absent>(field: Field<number>, text: string | undefined, absent: Absent): number | Absent {
  if (text === undefined) return absent;
  const value = field.read(text);
  if (value === undefined) throw expected(`--${field.option}`, field.expected, text);
  return value;
}

/** Where it is goes to standard output, what else is to be known beside it. */
async function announce({ url, port, farUrls }: OpenStage, wantedPort: number): Promise<void> {
  if (wantedPort !== 0 && port !== wantedPort) note(`Port ${wantedPort} is in use; the demo is on ${port}.`);
  if (farUrls.length > 0) {
    note('Everybody who reaches this machine over the network can watch and chat.');
    note('Controls are for those who have the address with its token:');
    for (const farUrl of farUrls) note(`  ${farUrl}`);
  }
  await print(url);
  note('Ctrl-C ends the demo.');
}

/** Aborts when the time is over, where there is one, or when it is interrupted. */
function ending(ms: number | null, interrupted: AbortSignal): AbortSignal {
  return ms === null ? interrupted : AbortSignal.any([interrupted, AbortSignal.timeout(ms)]);
}
