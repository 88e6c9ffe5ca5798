import { describe, expect, it } from 'vitest';
import type { Message, Transport, TransportOptions } from '../../../src/contracts.ts';
import { arrived, clientOptions, serve } from '../harness.ts';

const MESSAGES: readonly Message[] = [
  'sixteen letters.',
  'an é and 漢字 and 🎈',
  'a "quote", a \\ and two\nlines',
  ' \u2028 data: x: [1,2]',
  Uint8Array.from({ length: 256 }, (_, index) => index),
  'x'.repeat(1 << 10),
  'é'.repeat(40 << 10),
  new Uint8Array(64 << 10).fill(0x22),
  'the last one',
];
const ROUNDS = 30;

/** What only reads a message's bytes gets the same as who takes the message, in the same order. */
export function skimming(transport: Transport, overrides: Partial<TransportOptions>): void {
  describe('skimming', () => {
    it('hands over each message once, in order, as its own bytes or whole', async () => {
      const host = await serve(transport, overrides);
      const inbox: string[] = [];
      const connect = await transport.client();
      const connection = await connect(
        host.url,
        {
          message: (message) => inbox.push(inHex(Buffer.from(message))),
          skim: (bytes, start, end) => inbox.push(inHex(bytes.subarray(start, end))),
          closed: (why) => inbox.push(`closed: ${why}`),
        },
        clientOptions(host.options),
      );
      const sent: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        for (const message of MESSAGES) {
          host.side.publish('all', message);
          sent.push(inHex(Buffer.from(message)));
        }
        // Half of them one by one, half in a burst.
        if (round % 2 === 0) await arrived(inbox, sent.length);
      }
      await arrived(inbox, sent.length);
      // Before it is compared, so that nothing waits where this fails.
      await connection.close();
      await host.close();
      expect(inbox.map(shortened)).toEqual(sent.map(shortened));
      expect(inbox).toEqual(sent);
    });
  });
}

function inHex(bytes: Buffer): string {
  return bytes.toString('hex');
}

function shortened(text: string): string {
  return `${text.slice(0, 40)}… (${text.length})`;
}
