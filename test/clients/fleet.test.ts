import { isIPv4 } from 'node:net';
import { expect, test } from 'vitest';
import { addressOf } from '../../src/clients/fleet.ts';

test.runIf(process.platform === 'linux')(
  'each client has a loopback address of its own, and none has 127.0.0.1',
  () => {
    const addresses = Array.from({ length: 200_000 }, (_, index) => addressOf(index));
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses).not.toContain('127.0.0.1');
    expect(addresses.filter((address) => !isIPv4(address) || !address.startsWith('127.'))).toEqual([]);
    expect(addresses.filter((address) => /\.(0|1|255)$/.test(address))).toEqual([]);
  },
);
