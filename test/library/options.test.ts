import { expect, test } from 'vitest';
import { compare, type RunEvent, type RunOptions, run } from '../../src/index.ts';

test('a bad option is named before anything starts', async () => {
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent) => events.push(event);
  const refused = (options: RunOptions) => expect(run({ ...options, onEvent })).rejects;
  await refused({ transport: 'ws', pollInterval: 250 }).toThrow(/--poll-interval to be a time .*got `250`/);
  await refused({ transport: 'websockt' }).toThrow(
    /--transport to be one of .*got `websockt`.*Did you mean `websocket`/,
  );
  await refused({ transport: 'ws', scenario: 'brodcast' }).toThrow(/--scenario .*Did you mean `broadcast`/);
  await refused({ transport: 'ws', precision: '1%' }).toThrow(/--precision to be left out/);
  const mistyped = { transport: 'ws', pollIntervall: '1s' };
  await refused(mistyped).toThrow(/one of transport, scenario, clients.*Did you mean `pollInterval`/);
  await expect(compare({ transports: ['sse', 'tcp'] })).rejects.toMatchObject({ code: 'usage' });
  expect(events).toEqual([]);
});
