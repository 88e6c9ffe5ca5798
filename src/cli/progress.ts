import type { Round } from '../measurements.ts';
import type { Look } from '../report/index.ts';
import type { RunEvent } from '../run/events.ts';

/** Shows how a run goes on. */
export interface Progress {
  observe(event: RunEvent): void;
  end(): void;
}

/** Where progress goes: a terminal has a width. */
export type Terminal = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** One live line on a terminal, a line per finished round elsewhere, nothing where `quiet`. */
export function showProgress(stream: Terminal, look: Look, quiet: boolean): Promise<Progress> {
  if (quiet) return Promise.resolve({ observe: () => undefined, end: () => undefined });
  return isLive(stream) ? liveLine(stream, look) : Promise.resolve(plainLines(stream));
}

// Seldom enough not to be noticed by what is being measured.
const CALM = { interval: 250, frames: ['◐', '◓', '◑', '◒'] };

/** One line of a terminal that is drawn anew. */
interface LiveLine {
  show(doing: string, remainingMs?: number): void;
  end(): void;
}

/** Whether a line can be drawn anew: a terminal without a width is none, and ora would never stop clearing it. */
export function isLive(stream: Terminal): boolean {
  return stream.isTTY === true && Number(stream.columns) > 0;
}

/** Opens a line that says what is done and how long it still takes. */
export async function openLine(stream: Terminal, { chalk }: Look): Promise<LiveLine> {
  const { default: ora } = await import('ora');
  const color = chalk.level > 0 ? 'cyan' : false;
  const spinner = ora({ stream, discardStdin: false, color, spinner: CALM });
  let doing = 'starting';
  let endsAtMs = Date.now();
  const draw = () => {
    spinner.text = `${doing} ${chalk.dim(`· ${timeLeft(endsAtMs - Date.now())}`)}`;
  };
  const ticking = setInterval(draw, 500).unref();
  spinner.start();
  return {
    show(now, remainingMs) {
      doing = now;
      if (remainingMs !== undefined) endsAtMs = Date.now() + remainingMs;
      draw();
    },
    end() {
      clearInterval(ticking);
      spinner.stop();
    },
  };
}

async function liveLine(stream: Terminal, look: Look): Promise<Progress> {
  const line = await openLine(stream, look);
  let rounds: number | null = 0;
  let doing = 'starting';
  let reached = '';
  return {
    observe(event) {
      if (event.kind === 'planned') {
        rounds = event.rounds;
        line.show(doing, event.expectedMs);
      } else if (event.kind === 'stage') {
        const place = `${event.index + 1}${rounds === null ? '' : ` of ${rounds}`}`;
        doing = `round ${place} · ${pointOf(event)}${event.transport} · ${event.stage}${reached}`;
        line.show(doing);
      } else if (event.kind === 'connected') {
        line.show(`${doing} · ${comingTold(event)}`);
      } else if (event.kind === 'fault') {
        line.show(`${doing} · ${faultTold(event)}`);
      } else {
        reached = reachedSoFar(event);
        line.show(doing, event.remainingMs);
      }
    },
    end: () => line.end(),
  };
}

const PLAIN_EVERY_MS = 5000;

function plainLines(stream: Terminal): Progress {
  let rounds: number | null = 0;
  let toldMs = Number.NEGATIVE_INFINITY;
  return {
    observe(event) {
      if (event.kind === 'planned') {
        rounds = event.rounds;
        const time = seconds(event.expectedMs);
        const many = `${rounds} round${rounds === 1 ? '' : 's'}`;
        stream.write(
          rounds === null ? `as many rounds as it takes, at most ${time}\n` : `${many}, about ${time}\n`,
        );
      } else if (event.kind === 'connected') {
        if (performance.now() - toldMs < PLAIN_EVERY_MS) return;
        toldMs = performance.now();
        stream.write(`${pointOf(event)}${event.transport} ${event.round} · ${comingTold(event)}\n`);
      } else if (event.kind === 'fault') {
        stream.write(`${event.transport} ${event.round} · ${faultTold(event)}\n`);
      } else if (event.kind === 'finished') {
        const done = event.index + 1;
        const place = rounds === null ? `${done}` : `${done}/${rounds}`;
        const left = done === rounds ? '' : ` · ${timeLeft(event.remainingMs)}`;
        stream.write(`[${place}] ${pointOf(event)}${outcome(event.round)}${reachedSoFar(event)}${left}\n`);
      }
    },
    end: () => undefined,
  };
}

/** `25,000 of 100,000 connected, the others in about 30 s` */
function comingTold({ connected, clients, remainingMs }: Extract<RunEvent, { kind: 'connected' }>): string {
  const [there, all] = [connected, clients].map((many) => many.toLocaleString('en'));
  return `${there} of ${all} connected${connected === clients ? '' : `, the others in about ${seconds(remainingMs)}`}`;
}

/** `server-kill on node 2 begins` */
function faultTold({ fault, node, hasBegun }: Extract<RunEvent, { kind: 'fault' }>): string {
  return `${fault}${node === 1 ? '' : ` on node ${node}`} ${hasBegun ? 'begins' : 'is over'}`;
}

/** `clients 100 · `; empty where all rounds have the same scenario. */
function pointOf({ point }: { readonly point?: string | undefined }): string {
  return point === undefined ? '' : `${point} · `;
}

/** One finished round in a few words. */
export function outcome({ transport, round, valid, delivery, latency, flags }: Round): string {
  const p50 = latency.p50Ms === null ? [] : [`p50 ${Number(latency.p50Ms.toPrecision(3))} ms`];
  const doubts = flags.filter(({ fatal }) => fatal || valid).map(({ code }) => code);
  const doubtful = doubts.length === 0 ? [] : [`${valid ? 'doubtful' : 'invalid'}: ${doubts.join(', ')}`];
  const delivered =
    delivery.expected === 0 ? 'nothing was due' : `${delivery.delivered} of ${delivery.expected} delivered`;
  return [`${transport} ${round}`, delivered, ...p50, ...doubtful].join(' · ');
}

/** ` · ±8.3% of ±5%`; empty where the rounds are counted. */
function reachedSoFar({ precision }: Extract<RunEvent, { kind: 'finished' }>): string {
  if (precision === null || !Number.isFinite(precision.reached)) return '';
  const [reached, wanted] = [precision.reached, precision.wanted].map((share) =>
    Number((share * 100).toPrecision(2)),
  );
  return ` · ±${reached}% of ±${wanted}%`;
}

/** `42 s left`, never below zero. */
export function timeLeft(ms: number): string {
  return `${seconds(Math.max(0, ms))} left`;
}

/** `42 s`, or minutes where it is long. */
export function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1000);
  return whole < 120 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}
