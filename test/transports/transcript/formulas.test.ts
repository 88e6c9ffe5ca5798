import { describe, expect, it } from 'vitest';
import type {
  Annotated,
  Link,
  Message,
  Transport,
  TransportOptions,
  Workload,
} from '../../../src/contracts.ts';
import { transports } from '../../../src/transports/index.ts';
import { arrived, serve, TEST_OPTIONS, until } from '../harness.ts';
import { annotateOf, checked, record, weightOf } from './recording.ts';

const HERE: Link = { rttMs: 0, jitterMs: 0, bandwidthBitsPerSecond: 0 };
const MESSAGES = 5;

/** One message in each answer, and never an empty one. */
const WORK: Workload = {
  clients: 1,
  ratePerSecond: 10,
  arrivals: 'periodic',
  payloadBytes: 64,
  payloadKind: 'text',
  firstNumber: 1,
  messages: MESSAGES,
  windowMs: 100 * MESSAGES,
  options: { ...TEST_OPTIONS, pollIntervalMs: 99.5 },
  serverUsPerMessage: 0,
  serverAgeMs: 0,
  keepAliveMs: 75_000,
};

/** Sends one message after the other, and takes apart what crossed. */
async function say(
  transport: Transport,
  messages: readonly Message[],
  overrides: Partial<TransportOptions> = {},
) {
  const host = await serve(transport, overrides);
  const recording = await record(host.url);
  const { connection, inbox } = await host.connect({}, recording.url);
  await until('what it should be carried by', () => connection.carrying === transport.carries);
  for (const [index, message] of messages.entries()) {
    host.side.publish('all', message);
    await arrived(inbox, index + 1);
  }
  await host.close();
  await recording.close();
  const annotate = await annotateOf(transport);
  return recording.connections.map((sent) => checked(annotate, sent));
}

/** What carries the messages down, and for those that ask, what asked for it. */
function carrying(connections: readonly (readonly Annotated[])[]): { up: number; down: number } {
  const sum = { up: 0, down: 0 };
  for (const steps of connections) {
    for (const [place, step] of steps.entries()) {
      const isEvent = step.title.includes('its bytes follow');
      if (step.way === 'up' || !(isEvent || step.parts.some((part) => part.class === 'payload'))) continue;
      sum.down += weightOf(step);
      const asked = steps[place - 1];
      if (step.title.startsWith('answer') && asked !== undefined) sum.up += weightOf(asked);
    }
  }
  return { up: sum.up / MESSAGES, down: sum.down / MESSAGES };
}

function repeated(message: Message): Message[] {
  return Array.from({ length: MESSAGES }, () => message);
}

describe.each(transports)('$name', (transport) => {
  it.each([64, 200])('takes as many bytes for a text of %i as its model says', async (payloadBytes) => {
    const prediction = transport.model?.({ ...WORK, payloadBytes }, HERE);
    const found = carrying(await say(transport, repeated('x'.repeat(payloadBytes))));
    expect(found).toEqual({ up: prediction?.appUpPerMessage, down: prediction?.appDownPerMessage });
  });

  it.skipIf(transport.carries === 'polling' && transport.family === 'socketio')(
    'takes as many for 64 bytes that are no text',
    async () => {
      const prediction = transport.model?.({ ...WORK, payloadKind: 'binary' }, HERE);
      const found = carrying(await say(transport, repeated(new Uint8Array(64).fill(200))));
      expect(found).toEqual({ up: prediction?.appUpPerMessage, down: prediction?.appDownPerMessage });
    },
  );
});
