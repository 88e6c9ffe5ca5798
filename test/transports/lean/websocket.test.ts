import { websocket } from '../../../src/transports/websocket/index.ts';
import { contractSuite } from '../contract.ts';

contractSuite({ ...websocket, client: websocket.leanClient });
