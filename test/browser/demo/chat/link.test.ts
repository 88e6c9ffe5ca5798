import { expect, test } from 'vitest';
import { readLink, withLink } from '../../../../src/browser/demo/chat/link.ts';

test('a link says room and transport, and keeps what else stands in it', () => {
  const fragment = withLink('#token=a+b&room=old', { room: '서울 & <b>', transport: 'longpoll' });
  expect(readLink(fragment)).toEqual({ room: '서울 & <b>', transport: 'longpoll' });
  expect(new URLSearchParams(fragment.slice(1)).get('token')).toBe('a b');
});

test('what is no transport is none', () => {
  expect(readLink('#transport=carrier-pigeon&room=')).toEqual({ room: null, transport: null });
  expect(readLink('')).toEqual({ room: null, transport: null });
});
