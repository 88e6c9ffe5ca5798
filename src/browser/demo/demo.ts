import { DEMO_TRANSPORTS } from '../../demo-talk.ts';

document.body.append(DEMO_TRANSPORTS.join(' '));
