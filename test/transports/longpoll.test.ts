import { longpoll } from '../../src/transports/longpoll/index.ts';
import { contractSuite } from './contract.ts';

contractSuite(longpoll);
