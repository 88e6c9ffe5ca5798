import type { Settings } from '../../plan/fields.ts';
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

/** Slow enough for no message to be under way when the counters are read. */
const SETTINGS: Partial<Settings> = { clients: 20, ratePerSecond: 5 };

/** What the sockets and the kernel counted must be what the protocol's text says, byte for byte. */
export const bytes: Check<readonly Counted[]> = {
  name: 'bytes',
  meaning: "sockets carry what the protocols' texts say, byte for byte",
  expectedMs: { quick: 2600, full: 10_000 },
  beside: 'counted',
  async gather(bench: Bench) {
    const cases = bench.quick ? QUICK : [...QUICK, ...MORE];
    const rounds = await bench.run(
      cases.map(({ transport, payloadBytes }) => ({
        transport,
        variation: { cold: true },
        settings: { ...SETTINGS, payloadBytes, durationMs: bench.quick ? 600 : 1000 },
      })),
    );
    return rounds.map(({ bytes: { appUp, appDown, wire, packets }, delivery }, index) => {
      const { transport = '', payloadBytes = 0, bytesPerDelivery = 0 } = cases[index] ?? {};
      const deliveries = delivery.arrivedInWindow;
      const formula = deliveries * bytesPerDelivery;
      return { what: `${transport} ${payloadBytes} B`, deliveries, formula, appUp, appDown, wire, packets };
    });
  },
  judge(found) {
    const errors = found.map((one) => (one.appUp + one.appDown - one.formula) / one.deliveries);
    const kernel = found.flatMap((one) =>
      one.wire === null || one.packets === null
        ? []
        : [{ ...one, off: one.wire - one.appUp - one.appDown - HEADERS * one.packets }],
    );
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

function kernelFigure(kernel: readonly { readonly off: number }[]): string {
  if (kernel.length === 0) return "the kernel's count not available";
  return kernel.every(({ off }) => off === 0) ? 'kernel exact' : 'kernel off';
}
