import { streaming } from '../../src/transports/streaming/index.ts';
import { contractSuite } from './contract.ts';

contractSuite(streaming);
