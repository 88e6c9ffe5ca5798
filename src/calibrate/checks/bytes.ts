import type { Settings } from '../../plan/fields/index.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';

/** What one round's counters showed, beside what the protocol says. */
export interface Counted {
  readonly what: string;
  readonly deliveries: number;
  readonly formula: number;
  readonly appUp: number;
  readonly appDown: number;
  /** The kernel's own account; null where it cannot be had. */
  readonly wire: number | null;
  readonly packets: number | null;
}

/** One transport and payload whose bytes the protocol leaves nothing to chance of. */
interface Case {
  readonly transport: string;
  readonly payloadBytes: number;
  readonly bytesPerDelivery: number;
}

// A WebSocket frame from the server: no mask.
const frame = (bytes: number) => bytes + (bytes <= 125 ? 2 : bytes <= 65_535 ? 4 : 10);
// A chunk of an HTTP answer: its length in hexadecimal and two line ends.
const chunk = (bytes: number) => bytes + bytes.toString(16).length + 4;
// One JSON text and a line end; padding needs no escapes.
const ndjsonLine = (bytes: number) => bytes + 3;
// engine.io's and socket.io's packet types and `["m","…"]`.
const socketioEvent = (bytes: number) => bytes + 2 + 'm'.length + 7;

const QUICK: readonly Case[] = [
  { transport: 'websocket', payloadBytes: 64, bytesPerDelivery: frame(64) },
  { transport: 'streaming', payloadBytes: 64, bytesPerDelivery: chunk(ndjsonLine(64)) },
  { transport: 'socketio-websocket', payloadBytes: 200, bytesPerDelivery: frame(socketioEvent(200)) },
];
const MORE: readonly Case[] = [
  { transport: 'websocket', payloadBytes: 200, bytesPerDelivery: frame(200) },
  { transport: 'websocket', payloadBytes: 70_000, bytesPerDelivery: frame(70_000) },
  { transport: 'streaming', payloadBytes: 5000, bytesPerDelivery: chunk(ndjsonLine(5000)) },
  { transport: 'socketio-websocket', payloadBytes: 64, bytesPerDelivery: frame(socketioEvent(64)) },
];

/** IPv4 and TCP headers with timestamps: what each packet adds. */
const HEADERS = 52;
const REPEATS = 2;

/** Slow enough for no message to be under way when the counters are read. */
const SETTINGS: Partial<Settings> = { clients: 20, ratePerSecond: 5 };

/** What the sockets and the kernel counted must be what the protocol's text says, byte for byte. */
export const bytes: Check<readonly Counted[]> = {
  name: 'bytes',
  meaning: "sockets carry what the protocols' texts say, byte for byte",
  expectedMs: { quick: 4000, full: 15_000 },
  onlyCounts: true,
  async gather(bench: Bench) {
    const cases = bench.quick ? QUICK : [...QUICK, ...MORE];
    const found = await count(bench, cases);
    for (let again = 0; again < REPEATS; again++) {
      // A crowded machine acknowledges late, and the kernel sends a segment twice: its count is right, and no proof.
      const off = cases.filter((_, index) => kernelOff(found[index]) !== 0);
      if (off.length === 0) break;
      for (const one of await count(bench, off)) found[cases.indexOf(one.of)] = one;
    }
    return found;
  },
  judge(found) {
    const errors = found.map((one) => (one.appUp + one.appDown - one.formula) / one.deliveries);
    const kernel = found
      .filter(({ wire, packets }) => wire !== null && packets !== null)
      .map((one) => ({ what: one.what, off: kernelOff(one) }));
    const faults = [
      ...found
        .filter((_, index) => errors[index] !== 0)
        .map(
          (one) =>
            `${one.what}: for ${one.deliveries} deliveries sockets carried ${one.appUp + one.appDown} B, not ${one.formula}`,
        ),
      ...kernel
        .filter(({ off }) => off !== 0)
        .map(({ what, off }) => `${what}: the kernel's count is ${off} B off app bytes + 52 × packets`),
    ];
    const byteError = Math.max(...errors.map(Math.abs));
    const told = byteError === 0 ? 'exact' : `up to ${byteError.toPrecision(2)} B a message off`;
    return {
      figure: `sockets ${told}, ${kernelFigure(kernel)}`,
      faults,
      summary: { byteError },
    };
  },
  mutants: [
    {
      what: 'one byte too many in a round',
      of: (found) => found.map((one, index) => (index === 0 ? { ...one, appDown: one.appDown + 1 } : one)),
    },
    {
      what: 'headers are not counted',
      of: (found) => found.map((one) => ({ ...one, appDown: one.appDown - 2 * one.deliveries })),
    },
    {
      what: 'the kernel counts a packet of somebody else',
      of: (found) => found.map((one) => ({ ...one, wire: one.appUp + one.appDown + 60, packets: 1 })),
    },
  ],
};

async function count(bench: Bench, cases: readonly Case[]): Promise<(Counted & { readonly of: Case })[]> {
  const durationMs = bench.quick ? 600 : 1000;
  const rounds = await bench.run(
    cases.map(({ transport, payloadBytes }) => ({
      transport,
      settings: { ...SETTINGS, payloadBytes, durationMs },
    })),
  );
  return cases.flatMap((of, index) => {
    const round = rounds[index];
    if (round === undefined) return [];
    const { appUp, appDown, wire, packets } = round.bytes;
    const deliveries = round.delivery.arrivedInWindow;
    const formula = deliveries * of.bytesPerDelivery;
    const what = `${of.transport} ${of.payloadBytes} B`;
    return [{ of, what, deliveries, formula, appUp, appDown, wire, packets }];
  });
}

/** By how many bytes the kernel's count is not what the sockets' and its own packets make; 0 where it has none. */
function kernelOff(one: Counted | undefined): number {
  if (one === undefined || one.wire === null || one.packets === null) return 0;
  return one.wire - one.appUp - one.appDown - HEADERS * one.packets;
}

function kernelFigure(kernel: readonly { readonly off: number }[]): string {
  if (kernel.length === 0) return "the kernel's count not available";
  return kernel.every(({ off }) => off === 0) ? 'kernel exact' : 'kernel off';
}
