import { describe, expect, it } from 'vitest';
import type { Message, TransportOptions } from '../../../src/contracts.ts';
import { transports } from '../../../src/transports/index.ts';
import { lean } from '../crowds.ts';
import { arrived, until } from '../harness.ts';
import { type Conversation, converse, type Seen, type Stage } from './conversations.ts';

const SIZES = [16, 125, 126, 1000, 65_535, 65_536];
const MESSAGES: readonly Message[] = [
  ...SIZES.map((size) => 'x'.repeat(size)),
  ...SIZES.map((size) => new Uint8Array(size).fill(size)),
  '"quotes", \\ and\nlines, ü, 漢字 and 🎈',
];
const BURST = 20;
const ONE_OF_MANY = 'one of many';
const SIGNS = 4;

/** Nothing in a conversation happens by the clock: it would make two of the same differ. */
const UNHURRIED: Partial<TransportOptions> = { pollIntervalMs: 40, holdMs: 60_000, heartbeatMs: 60_000 };
/** Where nobody is to ask while a client speaks. */
const UNASKED = { ...UNHURRIED, pollIntervalMs: 60_000 };
const BEATING = { ...UNHURRIED, holdMs: 40, heartbeatMs: 40, heartbeatTimeoutMs: 10_000 };
const BROWSER = { ...UNASKED, headers: 'browser' as const };

describe.each(transports)('a server that serves $name', (transport) => {
  // Its two requests overlap, and which of them is answered first is nobody's: one of the library's own ways it must be.
  const TRIES = transport.family === 'socketio' ? 24 : 3;

  async function cannotTell(
    options: Partial<TransportOptions>,
    conversation: Conversation,
    of = (seen: Seen): unknown => seen,
  ): Promise<void> {
    const settled: Conversation = async (stage) => {
      await until('settled', () => stage.connection.carrying === transport.carries);
      // One that closes at once may still have its first question in hand.
      if (transport.name === 'longpoll') await until('its question', () => stage.requests() > 1);
      await conversation(stage);
    };
    const seen = { library: '', lean: '' };
    const librarys = new Set<string>();
    const leans = new Set<string>();
    const isSame = () => [...leans].some((way) => librarys.has(way));
    for (let tries = 0; tries < TRIES && !isSame(); tries++) {
      seen.library = JSON.stringify(of(await converse(transport, options, settled)), null, 1);
      seen.lean = JSON.stringify(of(await converse(lean(transport), options, settled)), null, 1);
      librarys.add(seen.library);
      leans.add(seen.lean);
    }
    if (isSame()) return;
    expect(seen.lean).toBe(seen.library);
  }

  it('cannot tell by how clients connect and close', async () => {
    // Whoever upgrades drops a connection that an answer may be on its way to, which ends it one way or the other.
    const seen = (all: Seen): unknown =>
      transport.name === 'socketio' ? { ...all, ends: all.ends.length } : all;
    await cannotTell(UNASKED, async () => {}, seen);
    await cannotTell(BROWSER, async () => {}, seen);
  });

  it('cannot tell by how they hear, one by one and in bursts', async () => {
    await cannotTell(UNHURRIED, async (stage) => {
      await listen(stage);
    });
  });

  it('cannot tell by how they speak, one by one and in bursts', async () => {
    await cannotTell(UNASKED, async ({ host, connection }) => {
      const inbox = host.app.inbox;
      for (const message of MESSAGES) {
        connection.send(message);
        await arrived(inbox, inbox.length + 1);
      }
      for (let index = 0; index < BURST; index++) connection.send(ONE_OF_MANY);
      await arrived(inbox, MESSAGES.length + BURST);
    });
  });

  it.skipIf(transport.name === 'websocket')('cannot tell by how they ask', async () => {
    await cannotTell(UNASKED, async ({ host, connection, heard }) => {
      host.app.received = (_peer, message, answer?: (reply: Message) => void) => answer?.(message);
      for (const message of MESSAGES) {
        connection.ask?.(message);
        await arrived(heard, heard.length + 1);
      }
    });
  });

  // Who only asks has no other sign of life.
  it.skipIf(transport.name === 'polling')('cannot tell by their signs of life', async () => {
    await cannotTell(
      BEATING,
      async ({ host }) => {
        const written = () => [...host.sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
        for (let sign = 0, before = written(); sign <= SIGNS; sign++, before = written()) {
          await until('a sign of life', () => written() !== before);
        }
      },
      // How many there were in the end is the clock's.
      ({ written }) => written.map(({ side, writes }) => [side, writes.slice(0, SIGNS)]),
    );
  });
});

/** Publishes each message in the very turn in which the last one was heard, and then many at once. */
async function listen(stage: Stage): Promise<void> {
  const { heard, host } = stage;
  stage.hearing = () => {
    const message = MESSAGES[heard.length];
    if (message !== undefined) host.side.publish('all', message);
    if (heard.length !== MESSAGES.length) return;
    for (let index = 0; index < BURST; index++) host.side.publish('all', ONE_OF_MANY);
  };
  stage.hearing();
  await arrived(heard, MESSAGES.length + BURST);
}
