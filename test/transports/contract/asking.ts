import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message, Transport, TransportOptions } from '../../../src/contracts.ts';
import { arrived, type Host, serve, until } from '../harness.ts';

const QUESTIONS: readonly Message[] = [
  'one',
  'two\nlines "and" ünicode',
  Uint8Array.from({ length: 256 }, (_, index) => index),
  'x'.repeat(100_000),
];

/** How what is asked is answered, where the transport has a way of its own for it. */
export function asking(transport: Transport, overrides: Partial<TransportOptions>): void {
  describe.skipIf(transport.name === 'websocket')('asking', () => {
    let host: Host;
    beforeEach(async () => {
      host = await serve(transport, overrides);
    });
    afterEach(() => host.close());

    it('answers each question in order, to whoever asked, and nothing else', async () => {
      answerWith(host, (message, answer) => answer(message));
      const [one, two] = [await host.connect(), await host.connect()];
      for (const question of QUESTIONS) one.connection.ask?.(question);
      await arrived(one.inbox, QUESTIONS.length);
      expect(one.inbox.map(plain)).toEqual(QUESTIONS.map(plain));
      expect(two.inbox).toEqual([]);
    });

    it('gives no way to answer what is only sent, and keeps the order of both', async () => {
      const answerable: boolean[] = [];
      host.app.received = (peer, message, answer?: (reply: Message) => void) => {
        host.app.inbox.push({ peer, message });
        answerable.push(answer !== undefined);
      };
      const { connection, peer, inbox } = await host.connect();
      for (const message of ['sent', 'asked', 'sent again', 'asked again']) {
        if (message.startsWith('sent')) connection.send(message);
        else connection.ask?.(message);
      }
      await arrived(host.app.inbox, 4);
      expect(host.app.from(peer)).toEqual(['sent', 'asked', 'sent again', 'asked again']);
      expect(answerable).toEqual([false, true, false, true]);
      expect(inbox).toEqual([]);
    });

    it('brings an answer that is given later', async () => {
      const late: (() => void)[] = [];
      answerWith(host, (message, answer) => late.push(() => answer(message)));
      const { connection, inbox } = await host.connect();
      connection.ask?.('question');
      await until('the question', () => late.length > 0);
      host.side.publish('all', 'meanwhile');
      await arrived(inbox, 1);
      for (const answer of late) answer();
      await arrived(inbox, 2);
      expect(inbox).toEqual(['meanwhile', 'question']);
    });
  });
}

function answerWith(host: Host, reply: (message: Message, answer: (reply: Message) => void) => void): void {
  host.app.received = (_peer, message, answer?: (reply: Message) => void) => {
    if (answer !== undefined) reply(message, answer);
  };
}

function plain(message: Message): string {
  return typeof message === 'string' ? `text ${message}` : `bytes ${Buffer.from(message).toString('base64')}`;
}
