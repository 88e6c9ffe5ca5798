import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import autocannon from 'autocannon';
import { build } from 'hdr-histogram-js';
import { RtbenchError } from '../../errors.ts';

/** What a bare HTTP server does on this machine: no polling transport can do more. */
export interface HttpCeiling {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
}

// A thread of this process: it has a core and an event loop of its own, and it cannot outlive us.
const BARE_SERVER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:http').createServer((request, response) => response.end('ok'));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const CONNECTIONS = 16;
const SECONDS = 1;

/** Loads a bare loopback server with autocannon for about a second. */
export async function measureHttpCeiling(): Promise<HttpCeiling> {
  const server = new Worker(BARE_SERVER, { eval: true });
  try {
    const [port]: unknown[] = await once(server, 'message');
    return await load(`http://127.0.0.1:${port}`);
  } finally {
    await server.terminate();
  }
}

async function load(url: string): Promise<HttpCeiling> {
  // autocannon's own percentiles are whole milliseconds. Without a rate it corrects nothing for omission,
  // and refuses to be told so.
  const latency = build({ highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
  const startedAt = performance.now();
  let lastAt = startedAt;
  const cannon = autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    sampleInt: 100,
  });
  cannon.on('response', (_client, _statusCode, _responseBytes, responseTimeMs) => {
    latency.recordValue(Math.round(responseTimeMs * 1000));
    lastAt = performance.now();
  });
  const { errors, non2xx } = await cannon;
  if (latency.totalCount === 0) throw new RtbenchError('timeout', 'The bare HTTP server gave no answer');
  return {
    requestsPerSecond: Math.round((latency.totalCount * 1000) / (lastAt - startedAt)),
    p50Ms: latency.getValueAtPercentile(50) / 1000,
    p99Ms: latency.getValueAtPercentile(99) / 1000,
    errors: errors + non2xx,
  };
}
