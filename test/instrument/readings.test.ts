import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { Arrivals } from '../../src/clients/recording/arrivals.ts';
import { makeCertificate } from '../../src/instrument/certificate.ts';
import { parseHost } from '../../src/instrument/host-load.ts';
import { choosePinning, parseCoreList } from '../../src/instrument/pinning.ts';
import { messageMaker, payloadBytes, readStamp, STAMP_BYTES } from '../../src/message.ts';

test('core lists are read as the kernel writes them', () => {
  expect(parseCoreList('0-2,5\n')).toEqual([0, 1, 2, 5]);
  expect(parseCoreList('7')).toEqual([7]);
  expect(parseCoreList('')).toEqual([]);
});

test('the server has a core to itself where there are two, and nobody is pinned where there is one', () => {
  expect(choosePinning([3, 4, 5])).toEqual({ server: [3], clients: [4, 5] });
  expect(choosePinning([3])).toBeNull();
});

test("the host's busy time leaves out idle and waiting, and tells what was stolen", () => {
  expect(parseHost('cpu  10 1 20 900 50 3 4 7 0 0\ncpu0 1 1 1 1\n')).toEqual({
    busyUs: 380_000,
    stealUs: 70_000,
  });
  expect(parseHost('nothing of the kind')).toBeNull();
});

test("a run's certificate signs itself, for loopback, and is valid now", () => {
  const certificate = new X509Certificate(makeCertificate().cert);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
});

test.each(['text', 'binary'] as const)(
  'a stamp comes back from a %s message of exactly the size asked',
  (kind) => {
    const stamp = { source: 1, sequence: 60_000_000, dueUs: 70_000_000_000 };
    for (const bytes of [STAMP_BYTES, 64, 65_536]) {
      const message = messageMaker(bytes, kind)(stamp);
      expect(payloadBytes(message)).toBe(bytes);
      expect(readStamp(message)).toEqual(stamp);
    }
  },
);

test('what bears no stamp is told apart', () => {
  expect(readStamp('short')).toBeUndefined();
  expect(readStamp('?'.repeat(64))).toBeUndefined();
});

test('arrivals tell the new from the late and the repeated', () => {
  const arrivals = new Arrivals();
  const seen = [5, 6, 9, 8, 8, 9, 10, 7].map((sequence) => arrivals.note(sequence));
  expect(seen).toEqual(['first', 'first', 'first', 'late', 'again', 'again', 'first', 'late']);
});
