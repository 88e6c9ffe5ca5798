import type { Round } from '../measurements.ts';
import type { Look } from '../report/index.ts';
import type { RunEvent } from '../run/events.ts';

/** Shows how a run goes on. */
export interface Progress {
  observe(event: RunEvent): void;
  end(): void;
}

/** Where progress goes: a terminal has a width. */
type Terminal = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** One live line on a terminal, a line per finished round elsewhere, nothing where `quiet`. */
export function showProgress(stream: Terminal, look: Look, quiet: boolean): Promise<Progress> {
  if (quiet) return Promise.resolve({ observe: () => undefined, end: () => undefined });
  // A terminal without a width is none that a line could be drawn on anew: ora would never stop clearing it.
  const live = stream.isTTY === true && Number(stream.columns) > 0;
  return live ? liveLine(stream, look) : Promise.resolve(plainLines(stream));
}

// Seldom enough not to be noticed by what is being measured.
const CALM = { interval: 250, frames: ['◐', '◓', '◑', '◒'] };

async function liveLine(stream: Terminal, { chalk }: Look): Promise<Progress> {
  const { default: ora } = await import('ora');
  const color = chalk.level > 0 ? 'cyan' : false;
  const spinner = ora({ stream, discardStdin: false, color, spinner: CALM });
  let rounds: number | null = 0;
  let doing = 'starting';
  let reached = '';
  let endsAtMs = Date.now();
  const show = () => {
    spinner.text = `${doing} ${chalk.dim(`· ${timeLeft(endsAtMs - Date.now())}`)}`;
  };
  const ticking = setInterval(show, 500).unref();
  return {
    observe(event) {
      if (event.kind === 'planned') {
        rounds = event.rounds;
        endsAtMs = Date.now() + event.expectedMs;
        spinner.start();
      } else if (event.kind === 'phase') {
        const place = `${event.index + 1}${rounds === null ? '' : ` of ${rounds}`}`;
        doing = `round ${place} · ${event.transport} · ${event.phase}${reached}`;
      } else {
        reached = reachedSoFar(event);
        endsAtMs = Date.now() + event.remainingMs;
      }
      show();
    },
    end() {
      clearInterval(ticking);
      spinner.stop();
    },
  };
}

function plainLines(stream: Terminal): Progress {
  let rounds: number | null = 0;
  return {
    observe(event) {
      if (event.kind === 'planned') {
        rounds = event.rounds;
        const time = seconds(event.expectedMs);
        const many = `${rounds} round${rounds === 1 ? '' : 's'}`;
        stream.write(
          rounds === null ? `as many rounds as it takes, at most ${time}\n` : `${many}, about ${time}\n`,
        );
      } else if (event.kind === 'finished') {
        const done = event.index + 1;
        const place = rounds === null ? `${done}` : `${done}/${rounds}`;
        const left = done === rounds ? '' : ` · ${timeLeft(event.remainingMs)}`;
        stream.write(`[${place}] ${outcome(event.round)}${reachedSoFar(event)}${left}\n`);
      }
    },
    end: () => undefined,
  };
}

/** One finished round in a few words. */
export function outcome({ transport, round, valid, delivery, latency, flags }: Round): string {
  const p50 = latency.p50Ms === null ? [] : [`p50 ${Number(latency.p50Ms.toPrecision(3))} ms`];
  const doubts = flags.filter(({ fatal }) => fatal || valid).map(({ code }) => code);
  const doubtful = doubts.length === 0 ? [] : [`${valid ? 'doubtful' : 'invalid'}: ${doubts.join(', ')}`];
  const delivered = `${delivery.delivered} of ${delivery.expected} delivered`;
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

function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1000);
  return whole < 120 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}
