import { polling } from '../../src/transports/polling/index.ts';
import { contractSuite } from './contract.ts';

contractSuite(polling);
