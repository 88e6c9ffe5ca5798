import type { Connect } from '../../../contracts.ts';
import { RtbenchError } from '../../../errors.ts';
import { basePath } from '../../base-path.ts';
import { browserHeaders } from '../../browser.ts';
import { whenGivenUp } from '../../giving-up.ts';
import { PATH } from '../frame.ts';
import { LeanConnection } from './connection.ts';
import { Upgrade } from './upgrade.ts';

/** Opens one WebSocket over a bare socket; resolves when the upgrade is done. */
export const connect: Connect = (url, events, options) => {
  const target = new URL(basePath(url) + PATH, url);
  target.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const headers = options.headers === 'browser' ? browserHeaders(url, 'websocket') : {};
  return new Promise((resolve, reject) => {
    const connection = new LeanConnection(url, events, options, {
      upgrade: new Upgrade(target, { headers }),
      silentMs: options.heartbeatMs + options.heartbeatTimeoutMs,
      opened() {
        forget();
        resolve(connection);
      },
      refused(cause) {
        forget();
        reject(new RtbenchError('connect', `Cannot connect to ${target}: ${cause.message}`, { cause }));
      },
    });
    const forget = whenGivenUp(options.signal, (error) => connection.refuse(error));
  });
};
