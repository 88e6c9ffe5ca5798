import { describe, expect, it } from 'vitest';
import { transports } from '../../../src/transports/index.ts';
import { converse, DOWN, UP, weigh } from './conversations.ts';
import { annotateOf, bytesIn, checked } from './recording.ts';

describe.each(transports)('$name taken apart', (transport) => {
  it('accounts for every byte, understands all, and finds the messages in their own bytes', async () => {
    const annotate = await annotateOf(transport);
    for (const overrides of transport.family === 'socketio'
      ? [{}, { socketioAgent: 'default' as const }, { recovery: true }]
      : [{}, { headers: 'browser' as const }]) {
      const connections = await converse(transport, overrides);
      const steps = connections.flatMap((sent) => checked(annotate, sent));
      const parts = steps.flatMap((step) => step.parts);
      expect(parts.filter(({ label }) => label === 'not understood')).toEqual([]);
      expect(bytesIn(steps, 'payload', 'down')).toBe(2 * weigh(DOWN));
      expect(bytesIn(steps, 'payload', 'up')).toBe(weigh(UP));
      expect(bytesIn(steps, 'handshake', 'up')).toBeGreaterThan(0);
      const beats = bytesIn(steps, 'heartbeat');
      if (transport.family === 'polling' || transport.family === 'longpoll') expect(beats).toBe(0);
      else expect(beats).toBeGreaterThan(0);
    }
  });
});
