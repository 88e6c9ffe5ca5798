import { describe, expect, it } from 'vitest';
import type { TransportOptions } from '../../../src/contracts.ts';
import { transports } from '../../../src/transports/index.ts';
import { converse, DOWN, UP, weigh } from './conversations.ts';
import { annotateOf, bytesIn, checked } from './recording.ts';

/** What makes other bytes of the same messages. */
const LIBRARYS_OWN: Partial<TransportOptions> = { socketioAgent: 'default', recovery: true };
const BROWSERS: Partial<TransportOptions> = { headers: 'browser' };

describe.each(transports)('$name taken apart', (transport) => {
  it.each(transport.family === 'socketio' ? [{}, LIBRARYS_OWN] : [{}, BROWSERS])(
    'accounts for every byte, understands all, and finds the messages in their own bytes: %o',
    async (overrides) => {
      const annotate = await annotateOf(transport);
      const connections = await converse(transport, overrides);
      const steps = connections.flatMap((sent) => checked(annotate, sent));
      const parts = steps.flatMap((step) => step.parts);
      expect(parts.filter(({ label }) => label === 'not understood')).toEqual([]);
      expect(bytesIn(steps, 'payload', 'down')).toBe(2 * weigh(DOWN));
      expect(bytesIn(steps, 'payload', 'up')).toBe(weigh(UP));
      expect(bytesIn(steps, 'handshake', 'up')).toBeGreaterThan(0);
      const isAsking = transport.family === 'polling' || transport.family === 'longpoll';
      expect(bytesIn(steps, 'heartbeat') > 0).toBe(!isAsking);
    },
  );
});
