import { expect, test } from 'vitest';
import { DEMO_TRANSPORTS } from '../../src/demo-talk.ts';
import { until } from '../transports/harness.ts';
import { serverHere, type Visitor, visit } from './visiting.ts';

type Told = Readonly<Record<string, unknown>>;

function toldTo({ heard }: Visitor): Told[] {
  return heard.map((text) => JSON.parse(text));
}

/** Asks, and waits for the answer. */
async function request(visitor: Visitor, fields: Told): Promise<Told> {
  const id = visitor.heard.length + 1000;
  visitor.connection.send(JSON.stringify({ ...fields, id }));
  const answer = () => toldTo(visitor).find((told) => told.id === id);
  await until(`an answer to ${fields.type}`, () => answer() !== undefined);
  const { id: _, ...rest } = answer() ?? {};
  return rest;
}

test('people on different transports share a room: they see, hear and miss each other', async () => {
  const { port } = await serverHere();
  const people: Visitor[] = [];
  for (const name of DEMO_TRANSPORTS) {
    const person = await visit(port, 'chat', name);
    people.push(person);
    expect(await request(person, { type: 'join', room: '광장', name })).toEqual({ type: 'ok' });
  }
  const lists = (person: Visitor) => toldTo(person).filter(({ type }) => type === 'users');
  await until('all know all', () => people.every((person) => lists(person).at(-1)?.count === 6));
  for (const person of people) expect(lists(person).at(-1)?.users).toEqual([...DEMO_TRANSPORTS]);

  for (const [index, person] of people.entries()) {
    expect(await request(person, { type: 'say', text: `<i>${index}</i>` })).toEqual({ type: 'ok' });
  }
  const said = DEMO_TRANSPORTS.map((name, index) => ({
    type: 'said',
    room: '광장',
    name,
    text: `<i>${index}</i>`,
  }));
  const heard = (person: Visitor) => toldTo(person).filter(({ type }) => type === 'said');
  await until('all have heard all', () => people.every((person) => heard(person).length === 6));
  for (const person of people) expect(heard(person)).toEqual(said);

  const late = await visit(port, 'chat', 'sse');
  await request(late, { type: 'join', room: '광장', name: 'late' });
  await until('a welcome', () => toldTo(late).some(({ type }) => type === 'welcome'));
  expect(toldTo(late).find(({ type }) => type === 'welcome')).toMatchObject({
    history: said.map(({ name, text }) => ({ name, text })),
  });
  expect(await request(late, { type: 'join', room: '광장', name: 'polling' })).toMatchObject({
    type: 'refused',
  });
  await request(late, { type: 'leave' });
  const farewell = { type: 'notice', room: '광장', text: 'late has left; 6 are here' };
  await until('all have heard it', () =>
    people.every((person) => toldTo(person).some(({ text }) => text === farewell.text)),
  );
});

test('rooms, words and their number are bounded, and it says so', async () => {
  const { port } = await serverHere();
  const people: Visitor[] = [];
  for (let index = 0; index <= 50; index++) people.push(await visit(port, 'chat', 'websocket'));
  const answers = await Promise.all(
    people.map((person, room) => request(person, { type: 'join', room: `room ${room}`, name: 'x' })),
  );
  expect(answers.filter(({ type }) => type === 'ok').length).toBe(50);
  expect(answers.find(({ type }) => type === 'refused')?.why).toBe('there are too many rooms already');

  const [speaker, other] = people;
  if (speaker === undefined || other === undefined) throw new Error('nobody there');
  expect(await request(speaker, { type: 'say', text: 'x'.repeat(501) })).toEqual({
    type: 'refused',
    why: 'a message has at most 500 characters',
  });
  for (let id = 1; id <= 20; id++) other.connection.send(JSON.stringify({ type: 'say', text: 'hm', id }));
  await until('all answers', () => toldTo(other).filter(({ id }) => Number(id) <= 20).length === 20);
  const hasty = toldTo(other).filter(({ type }) => type === 'refused');
  expect(hasty.length).toBeGreaterThanOrEqual(5);
  for (const told of hasty) expect(told).toEqual({ type: 'refused', id: told.id, why: 'not so fast' });
});
