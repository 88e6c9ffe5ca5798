import { BOUNDS, type DemoSettings } from '../../demo-talk.ts';
import { type Field, field, ranged } from '../../plan/fields/field.ts';
import { fields } from '../../plan/fields/index.ts';
import { readDecimal, readDuration, readSize, readWhole } from '../../plan/units.ts';

const MOST_PORT = 65_535;
const { eventsPerSecond: rate, payloadBytes: payload, pollIntervalMs: interval, rttMs: rtt } = BOUNDS;

/** What a demo's controls begin with, in the words of a scenario's settings and within the controls' bounds. */
export const demoFields: { readonly [S in keyof DemoSettings]: Field<number> } = {
  eventsPerSecond: field(
    fields.ratePerSecond.usage,
    'events that each lane is due per second',
    ranged(`a number from ${rate.least} to ${rate.most}`, readDecimal, rate.least, rate.most),
  ),
  payloadBytes: field(
    fields.payloadBytes.usage,
    'size of an event: 64, 512B, 16KiB',
    ranged('a size from 64 to 16KiB', readSize, payload.least, payload.most),
  ),
  pollIntervalMs: field(
    fields.pollIntervalMs.usage,
    fields.pollIntervalMs.help,
    ranged('a time from 100ms to 30s', readDuration, interval.least, interval.most),
  ),
  rttMs: field(
    fields.rttMs.usage,
    fields.rttMs.help,
    ranged('a time from 0 to 5s, such as 50ms', readDuration, rtt.least, rtt.most),
  ),
};

/** What a good `--port` is. */
export const portField = field(
  'port <port>',
  'where the page is; the next free one where it is in use, 0 for any',
  ranged(`an integer from 0 to ${MOST_PORT}`, readWhole, 0, MOST_PORT),
);

/** What a good `--for` is. */
export const forField = field(
  'for <time>',
  'end by itself after so long, such as 30s',
  ranged('a time from 1s to 24h, such as 30s', readDuration, 1000, 86_400_000),
);
