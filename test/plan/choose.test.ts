import { expect, test } from 'vitest';
import { chosenTransport, chosenTransports } from '../../src/plan/choose.ts';
import { transports } from '../../src/transports/index.ts';

const namesOf = (list: string | undefined) => chosenTransports(list).map(({ name }) => name);

test('compare takes one transport of each family by default', () => {
  expect(namesOf(undefined)).toEqual(['polling', 'longpoll', 'streaming', 'websocket', 'socketio']);
});

test('a list is put in the order of the tables, each transport once, aliases resolved', () => {
  expect(namesOf('socket.io, ws,long-polling,websocket')).toEqual(['longpoll', 'websocket', 'socketio']);
  expect(namesOf('all')).toEqual(transports.map(({ name }) => name));
});

test.each([
  ['websockt', 'Did you mean `websocket`?'],
  ['', 'got ``'],
  ['ws,sse', 'one of polling, longpoll'],
  ['toString', 'got `toString`'],
])('no transport is named %j', (name, says) => {
  expect(() => chosenTransport(name)).toThrow(says);
});

test('run has no default: it names what there is', () => {
  expect(() => chosenTransport(undefined)).toThrow(
    /^Expected --transport NAME: one of polling, .*socketio-polling/,
  );
});

test('one wrong name in a list is enough', () => {
  expect(() => chosenTransports('ws,nosuch')).toThrow('Expected --transports to be one of');
  expect(() => chosenTransports('ws,')).toThrow('got ``');
});
