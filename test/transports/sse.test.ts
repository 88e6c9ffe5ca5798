import { sse } from '../../src/transports/streaming/index.ts';
import { contractSuite } from './contract.ts';

contractSuite(sse);
