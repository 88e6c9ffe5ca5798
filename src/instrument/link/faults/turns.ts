import type { Connection } from '../connection/connection.ts';
import type { FaultTurn } from '../protocol.ts';
import type { Way } from '../way.ts';
import type { LinkFault } from './names.ts';
import type { Standing } from './standing.ts';

/** What `link-slow` adds to each round trip. */
const SLOWER_MS = 500;

/** What faults strike. */
export interface Struck {
  readonly way: Way;
  readonly standing: Standing;
  readonly connections: ReadonlySet<Connection>;
}

type Turn = (struck: Struck, addresses: readonly string[]) => void;

const nothing: Turn = () => undefined;
const cutAll: Turn = ({ connections }) => {
  for (const connection of connections) connection.cut();
};
const cutUpgraded: Turn = ({ connections }) => {
  for (const connection of connections) if (connection.isUpgraded) connection.cut();
};
const loseAll: Turn = ({ connections }) => {
  for (const connection of connections) connection.lose();
};
const releaseAll: Turn = ({ connections }) => {
  for (const connection of connections) connection.release();
};
const slow: Turn = ({ way }) => way.slow(SLOWER_MS);
const unslow: Turn = ({ way }) => way.slow(0);
const stall: Turn = ({ standing, connections }, addresses) => {
  standing.stall(addresses);
  for (const connection of connections) connection.stall(standing.stalls(connection.address));
};
const unstall: Turn = (struck) => stall(struck, []);

/** What happens to the connections that are there when a fault begins and when it ends; those that come meet what stands. */
const TURNS: Readonly<Record<LinkFault, { readonly begins: Turn; readonly ends: Turn }>> = {
  'link-cut': { begins: cutAll, ends: nothing },
  'link-hole': { begins: loseAll, ends: nothing },
  'link-slow': { begins: slow, ends: unslow },
  'client-stall': { begins: stall, ends: unstall },
  storm: { begins: cutAll, ends: nothing },
  'upgrade-403': { begins: cutUpgraded, ends: nothing },
  'upgrade-dropped': { begins: cutUpgraded, ends: nothing },
  'upgrade-200': { begins: cutUpgraded, ends: nothing },
  buffering: { begins: nothing, ends: releaseAll },
};

/** Lets a fault begin or end. */
export function turn({ fault, begins, addresses = [] }: FaultTurn, struck: Struck): void {
  struck.standing.set(fault, begins);
  TURNS[fault][begins ? 'begins' : 'ends'](struck, addresses);
}
