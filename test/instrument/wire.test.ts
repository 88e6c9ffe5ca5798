import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Isolation, isolate } from '../../src/instrument/wire/namespace.ts';
import { parseWire } from '../../src/instrument/wire/wire-meter.ts';
import type { Report, Round } from '../../src/measurements.ts';
import { rtbench } from '../rtbench.ts';

const CALL = ['--clients', '20', '--rate', '20', '--duration', '500ms', '--rounds', '1', '--quiet', '--json'];

async function roundOf(args: readonly string[], env = {}): Promise<{ report: Report; round: Round }> {
  const { stdout } = await rtbench(['run', ...CALL, ...args], env);
  const report: Report = JSON.parse(stdout);
  const [round] = report.rounds;
  if (round === undefined) throw new Error('no round');
  return { report, round };
}

test("reads the loopback's line among others", () => {
  const text = readFileSync('/proc/net/dev', 'utf8').replace(
    /^ *lo:.*$/m,
    '    lo: 1700 10 0 0 0 0 0 0 1700 10 0 0',
  );
  expect(parseWire(text)).toEqual({ bytes: 1700, packets: 10 });
  expect(parseWire('eth0: 1 2 3')).toBeNull();
});

test('without the programs there is no namespace, and the run says so and goes on', async () => {
  const path = { PATH: '/nonexistent' };
  const { report, round } = await roundOf(['--transport', 'ws'], path);
  expect(report.machine).toMatchObject({ isolation: 'none', pinning: null });
  expect(report.machine.isolationMissing).toMatch(/unshare and nsenter and ip not found/);
  expect(round.bytes).toMatchObject({ wire: null, packets: null });
  expect(round.delivery.lost).toBe(0);

  const { code, stderr } = await rtbench(['run', ...CALL, '--transport', 'ws', '--isolate', 'on'], path);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^rtbench: No private network for --isolate on: .*not found.*\n$/);
});

test('is not entered where it is not wanted', async () => {
  const { report } = await roundOf(['--transport', 'ws', '--isolate', 'off']);
  expect(report.machine).toMatchObject({ isolation: 'none', isolationMissing: 'not wanted (--isolate off)' });
});

let isolation: Isolation;
beforeAll(async () => {
  isolation = await isolate();
});
afterAll(() => isolation.namespace?.end());

describe('in a private namespace', () => {
  test.each([
    ['websocket', 66, 2],
    ['streaming', 73, 2],
    ['socketio-websocket', 76, 2],
  ])(
    '%s: the kernel counts what the sockets carried, and 52 bytes for each packet',
    async (transport, app, packets) => {
      if (isolation.namespace === null) return console.log(`skipped: ${isolation.missing}`);
      const { round } = await roundOf(['--transport', transport]);
      const { bytes, connect, delivery } = round;
      const messages = delivery.arrivedInWindow;
      expect(messages).toBe(200);
      expect(bytes.appUp + bytes.appDown).toBe(app * messages);
      expect(bytes.packets).toBe(packets * messages);
      expect(bytes.wire).toBe((app + 52 * packets) * messages);
      // Each connection's SYN and its answer carry 8 bytes of options more.
      const connections = 20;
      const expected = connect.bytesUp + connect.bytesDown + 52 * (connect.packets ?? 0) + 16 * connections;
      expect(connect.wire).toBe(expected);
    },
  );

  test('long polling: a byte more or less is none of ours', async () => {
    if (isolation.namespace === null) return console.log(`skipped: ${isolation.missing}`);
    const { bytes } = (await roundOf(['--transport', 'longpoll'])).round;
    expect(bytes.wire).toBe(bytes.appUp + bytes.appDown + 52 * (bytes.packets ?? 0));
  });
});
