import type { Crossed, Fallback, FallbackTry, Mismatch } from '../../measurements.ts';
import { duration, figure } from '../numbers.ts';
import { partsOf } from '../words/header.ts';
import { inProse, nameOf } from '../words/labels.ts';
import { capital, clean, counted, listed } from '../words/text.ts';

/** What was tried, each part on its own. */
export function workOf({ tries, patienceMs }: Fallback): string[] {
  const transports = new Set(tries.map(({ transport }) => transport)).size;
  return [
    'fallback: who gets through where WebSocket is blocked on the way',
    counted(transports, 'transport'),
    `patience ${duration(patienceMs)}`,
  ];
}

/** Where it was tried, each part on its own. */
export function placeOf(found: Fallback): string[] {
  return partsOf(found);
}

/** What got through, and what has no other way. */
export function sentencesOf({ tries, patienceMs }: Fallback): string[] {
  const blocked = tries.filter(({ way }) => way !== 'plain');
  const fellBack = blocked.filter((one) => one.outcome === 'connected' && carriesOtherwise(one, tries));
  const waiting = tries.filter(({ outcome, settledMs }) => outcome === 'connected' && settledMs === null);
  const failed = [...new Set(blocked.filter(isFailure).map(({ transport }) => inProse(transport)))];
  return [
    ...byTransport(fellBack).map(
      ([transport, some]) =>
        `${capital(inProse(transport))} fell back to ${carriersOf(some)} behind ${waysOf(some)}.`,
    ),
    ...byTransport(waiting).map(
      ([transport, some]) =>
        `${capital(inProse(transport))} still tried for a WebSocket after ${duration(patienceMs)} behind ` +
        `${waysOf(some)}; its messages did not wait for that.`,
    ),
    ...(failed.length === 0
      ? []
      : [`${capital(listed(failed))} ${failed.length === 1 ? 'has' : 'have'} nothing to fall back to:`]),
  ];
}

/** What each try that failed said. */
export function failuresOf({ tries }: Fallback): string[] {
  return tries
    .filter(isFailure)
    .map(
      ({ transport, way, error }) =>
        `${nameOf(transport)} · ${way}: ${clean(error?.message ?? '')} (${clean(error?.code ?? '')})`,
    );
}

function isFailure({ outcome }: FallbackTry): boolean {
  return outcome !== 'connected';
}

function carriersOf(tries: readonly FallbackTry[]): string {
  return listed([...new Set(tries.map(({ carrying }) => clean(carrying ?? '')))]);
}

function waysOf(tries: readonly FallbackTry[]): string {
  return listed(tries.map(({ way }) => way));
}

function carriesOtherwise({ transport, carrying }: FallbackTry, tries: readonly FallbackTry[]): boolean {
  const plain = tries.find((one) => one.transport === transport && one.way === 'plain');
  return plain !== undefined && plain.carrying !== carrying;
}

function byTransport(tries: readonly FallbackTry[]): [string, FallbackTry[]][] {
  return [...Map.groupBy(tries, ({ transport }) => transport)];
}

/** `A websocket client at a socketio server: refused after 3 ms: …` */
export function mismatchTitle({ client, server, outcome, tookMs, error }: Mismatch): string {
  const told = error === null ? '' : `: ${clean(error.message)} (${clean(error.code)})`;
  return `${capital(inProse(client))} client at a ${nameOf(server)} server · ${outcome} after ${figure(tookMs)} ms${told}`;
}

/** One line of what crossed: when, over which connection, which way, what. */
export function crossingLine({ connection, way, atMs, what, text }: Crossed): string {
  const who = way === 'up' ? 'client →' : 'server ←';
  const told = what === 'bytes' ? clean(text) : what === 'end' ? '(ends)' : '(resets)';
  return `${figure(atMs).padStart(6)} ms  #${connection} ${who} ${told}`;
}

/** What must be known to read the table. */
export function legendOf(): string {
  return (
    'refused: the client was told so; silent: nothing had come of it when patience was over. ' +
    'plain: nothing in the way. upgrade-403 and upgrade-200: something on the way answers a request for a WebSocket so; ' +
    'upgrade-dropped: it swallows it. carried by: what the last messages crossed in, on the wire. ' +
    'bytes: over all sockets of the client, with its messages.'
  );
}
