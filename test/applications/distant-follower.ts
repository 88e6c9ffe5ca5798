// A follower in a process of its own, which signals can stop: tells its parent when it takes part, then of each update.
import { findApplication } from '../../src/applications/index.ts';
import { Fleet } from '../../src/clients/fleet.ts';
import { findTransport } from '../../src/transports/index.ts';
import { TEST_OPTIONS } from '../transports/harness.ts';

const [transport = '', url = '', json = ''] = process.argv.slice(2);
const scenario = JSON.parse(json);
const connect = await findTransport(transport)?.client();
if (connect === undefined) throw new Error(`no transport ${transport}`);
const half = await findApplication('exchange').client(scenario);
const fleet = new Fleet(connect, half, { transport, scenario, crowd: 'library', ca: null, sabotage: null });
await fleet.open({ urls: [url], indexes: [0], options: TEST_OPTIONS }, (part) => ({
  message(message) {
    const heard = part.hear(message);
    if (heard !== 'aside') process.send?.(typeof heard === 'string' ? heard : heard.stamp);
  },
}));
while (fleet.carrying()[findTransport(transport)?.carries ?? ''] !== 1) await new Promise(setImmediate);
process.send?.('entered');
process.on('disconnect', () => process.exit());
