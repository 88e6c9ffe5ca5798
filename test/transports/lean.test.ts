import { describe } from 'vitest';
import { transports } from '../../src/transports/index.ts';
import { longpoll } from '../../src/transports/longpoll/index.ts';
import { contractSuite } from './contract.ts';
import { lean } from './crowds.ts';

describe('lean', () => {
  for (const transport of transports) contractSuite(lean(transport));
  describe('with one message an answer', () => contractSuite(lean(longpoll), { longpollBatch: false }));
});
