import type { ApplicationSettings } from '../../measurements.ts';
import { readShare, readWhole } from '../units.ts';
import { choice, type Field, field, onOff, ranged } from './field.ts';

/** What holds for the applications where nobody says otherwise. */
export const applicationDefaults: ApplicationSettings = {
  roomSize: 5,
  history: 'none',
  historyMode: 'write-through',
  historyLast: 20,
  symbols: 200,
  subscriptions: 10,
  conflate: false,
  channels: 4,
  multiplex: 'tagged',
  slowChannel: false,
  churnPerSecond: 0.1,
  stormShare: 0,
};

/** The settings of single applications, each named in its help. */
export const applicationFields = {
  roomSize: field(
    'room-size <count>',
    'chat: members of each room, at least',
    ranged('an integer from 1 to 100000', readWhole, 1, 100_000),
  ),
  history: field(
    'history <none|sqlite|url>',
    'chat: where messages are stored; a URL is of a MongoDB: mongodb://...',
    {
      expected: 'none, sqlite, or a URL such as mongodb://127.0.0.1:27017/chat',
      read: (text) => (/^(none|sqlite|mongodb(\+srv)?:\/\/\S+)$/.test(text) ? text : undefined),
    },
  ),
  historyMode: field(
    'history-mode <mode>',
    'chat: stored before a message is sent (write-through) or after (write-behind)',
    choice('write-through', 'write-behind'),
  ),
  historyLast: field(
    'history-last <count>',
    'chat: how many of the newest stored messages a newcomer gets',
    ranged('an integer from 0 to 1000', readWhole, 0, 1000),
  ),
  symbols: field(
    'symbols <count>',
    'exchange: how many symbols there are',
    ranged('an integer from 1 to 100000', readWhole, 1, 100_000),
  ),
  subscriptions: field(
    'subscriptions <count>',
    'exchange: symbols that each client follows, popular ones more often',
    ranged('an integer from 1 to 1000', readWhole, 1, 1000),
  ),
  conflate: field(
    'conflate <on|off>',
    'exchange: a client that is slow gets only the last value of each symbol',
    onOff(),
  ),
  channels: field(
    'channels <count>',
    'multiplex: independent channels of each client',
    ranged('an integer from 1 to 64', readWhole, 1, 64),
  ),
  multiplex: field(
    'multiplex <way>',
    'multiplex: tagged messages, a connection for each channel, or socket.io namespaces',
    choice('tagged', 'connections', 'namespaces'),
  ),
  slowChannel: field(
    'slow-channel <on|off>',
    'multiplex: the first channel carries 64 KiB messages',
    onOff(),
  ),
  churnPerSecond: field(
    'churn <share>',
    'churn: how many clients leave and come back each second, as a share: 10%',
    ranged('a share from 0% to 1000%', readShare, 0, 10),
  ),
  stormShare: field(
    'storm <share>',
    'churn: how many clients leave and come back at once in the middle of the window',
    ranged('a share from 0% to 100%', readShare, 0, 1),
  ),
} satisfies { readonly [S in keyof ApplicationSettings]: Field<ApplicationSettings[S]> };
