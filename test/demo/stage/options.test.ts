import { expect, test } from 'vitest';
import { answerDemo } from '../../../src/cli/demo/answer.ts';

test.each([
  [{ port: '65536' }, 'Expected --port to be an integer from 0 to 65535, got `65536`'],
  [{ port: 'http' }, 'Expected --port to be an integer from 0 to 65535, got `http`'],
  [{ for: '0' }, 'Expected --for to be a time from 1s to 24h, such as 30s, got `0`'],
  [{ rate: '201' }, 'Expected --rate to be a number from 0 to 200, got `201`'],
  [{ payload: '63' }, 'Expected --payload to be a size from 64 to 16KiB, got `63`'],
  [{ pollInterval: '1ms' }, 'Expected --poll-interval to be a time from 100ms to 30s, got `1ms`'],
  [{ rtt: '6s' }, 'Expected --rtt to be a time from 0 to 5s, such as 50ms, got `6s`'],
  [{ host: 'no name' }, 'Expected --host to be a name or an address of this machine'],
  [{ host: '' }, 'Expected --host to be a name or an address of this machine'],
  [
    { host: '203.0.113.99' },
    'Expected --host to be a name or an address of this machine, got `203.0.113.99`',
  ],
])('%j is refused before anything starts', async (options, words) => {
  await expect(answerDemo({ port: '0', host: '127.0.0.1', ...options })).rejects.toThrow(words);
});
