import type { ChalkInstance } from 'chalk';
import type { LaneView, Moment } from '../../../demo/terminal/terminal-lane.ts';
import type { DemoState, DemoTransport, LaneCount, TourChapter } from '../../../demo-talk.ts';
import type { Look } from '../../../report/index.ts';
import { count, duration, size } from '../../../report/numbers.ts';
import { nameOf } from '../../../report/words/labels.ts';
import { cut } from '../../../report/words/text.ts';

const NAME_COLUMNS = 20;
/** A lane's figures stand under its picture, and begin further left: so they fit. */
const INDENT = ' '.repeat(8);
/** Beyond that a picture is only wide. */
const MOST_COLUMNS = 120;

const MARKS: Readonly<
  Record<Moment, { readonly sign: string; readonly paint: keyof Paints; readonly means: string }>
> = {
  news: { sign: '●', paint: 'green', means: 'news came' },
  vain: { sign: '○', paint: 'yellow', means: 'asked in vain' },
  waiting: { sign: '─', paint: 'dim', means: 'waiting' },
  lost: { sign: '×', paint: 'red', means: 'cut off' },
};
type Paints = Pick<ChalkInstance, 'green' | 'yellow' | 'dim' | 'red'>;

const LEGEND = Object.values(MARKS)
  .map(({ sign, means }) => `${sign} ${means}`)
  .join('   ');

/** What a chapter of the tour is about, for people at a terminal. */
const CHAPTERS: Readonly<Record<TourChapter, string>> = {
  'polling-wastes': 'Polling wastes: it asks every second, mostly in vain, and hears of news late.',
  'longpoll-waits': 'Long polling waits: its request hangs until there is news, then it asks again.',
  'streaming-flows': 'Streaming flows: one request, one answer that never ends.',
  'websocket-both-ways': 'WebSocket speaks both ways: a few bytes around each message, up and down.',
  'socketio-recovers':
    'socket.io recovers: WebSocket is blocked, then the network is cut, and it comes back.',
  end: 'The end of the tour.',
};

/** The lanes as lines of text: for each its last moments, and what it has cost. */
export function screenOf(state: DemoState, views: readonly LaneView[], look: Look): string[] {
  const { chalk } = look;
  const columns = Math.min(MOST_COLUMNS, look.columns);
  // A line that went on in the next one would spoil the drawing over it.
  const line = (text: string) => cut(text, columns);
  const lanes = views.flatMap((view) => [
    stripOf(view, columns, chalk),
    chalk.dim(line(`${INDENT}${figuresOf(view, state.lanes[view.transport])}`)),
  ]);
  return [
    chalk.bold(line(headOf(state))),
    chalk.cyan(line(eventOf(state))),
    ...lanes,
    chalk.dim(line(LEGEND)),
  ];
}

function headOf({ settings }: DemoState): string {
  const { eventsPerSecond, payloadBytes, pollIntervalMs, rttMs } = settings;
  const events =
    eventsPerSecond === 0 ? 'no events' : `${eventsPerSecond} event${eventsPerSecond === 1 ? '' : 's'}/s`;
  const distance = rttMs === 0 ? 'no distance' : `${rttMs} ms there and back`;
  return `${events} of ${size(payloadBytes)} · polling every ${duration(pollIntervalMs)} · ${distance}`;
}

/** What is going on: trouble first. */
function eventOf({ network, server, tour }: DemoState): string {
  const happening = [
    network.isCut ? 'The network is cut.' : '',
    network.isWebSocketBlocked ? 'WebSocket is blocked.' : '',
    server === 'restarting' ? 'The server restarts.' : '',
    tour === null ? '' : CHAPTERS[tour.chapter],
  ];
  return happening.filter((part) => part !== '').join(' ');
}

function stripOf({ transport, carrying, moments }: LaneView, columns: number, chalk: ChalkInstance): string {
  const room = columns - NAME_COLUMNS;
  const strip = moments.slice(-room).map((moment) => {
    const { sign, paint } = MARKS[moment];
    return chalk[paint](sign);
  });
  return labelOf(transport, carrying).padEnd(NAME_COLUMNS) + strip.join('');
}

/** Where the carrier is not the lane's own, it is said. */
function labelOf(transport: DemoTransport, carrying: string | null): string {
  const name = nameOf(transport);
  return transport === 'socketio' && carrying !== null ? `${name} ${carrying}` : name;
}

function figuresOf({ received, lost, latencyMs }: LaneView, cost: LaneCount): string {
  return [
    `${received} received`,
    `${lost} lost`,
    `asked ${count(cost.requests)}×, ${count(cost.emptyAnswers)} in vain`,
    size(cost.bytesUp + cost.bytesDown),
    `${duration(cost.cpuUs / 1000)} CPU`,
    latencyMs === null ? '' : `${duration(latencyMs)} late`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
