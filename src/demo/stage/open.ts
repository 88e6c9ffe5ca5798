import { DEMO_TRANSPORTS, type DemoSettings, type DemoState } from '../../demo-talk.ts';
import { rtbenchVersion } from '../../instrument/machine.ts';
import { findPorts } from '../../instrument/program/ports.ts';
import type { Control } from './control/asking.ts';
import type { Behind } from './control/page.ts';
import { Pages } from './control/pages.ts';
import { perTransport } from './counts.ts';
import { readAssets } from './page/assets.ts';
import { Front } from './page/front.ts';
import { namesOf } from './page/names.ts';
import { Cluster } from './processes/cluster.ts';
import { Network } from './processes/network.ts';
import { DemoNode } from './processes/node.ts';
import { Stage } from './stage.ts';
import { isSame, makeToken } from './token.ts';

/** Where a demo is to be, and how it begins. */
export interface StageOptions {
  readonly host: string;
  /** The next free one where it is in use; 0 for any. */
  readonly port: number;
  readonly settings: DemoSettings;
}

/** A demo that runs. */
export interface OpenStage {
  readonly port: number;
  /** Where the page is for this machine, with the token where one is needed. */
  readonly url: string;
  /** The same for other machines; none where only this one can reach it. */
  readonly farUrls: readonly string[];
  readonly state: DemoState;
  /** Does what a page's controls can ask for; answers with why it cannot be done, null when it is done. */
  ask(control: Control): Promise<string | null>;
  /** Tells of the state several times a second, until what it answers with is called. */
  onState(observer: (state: DemoState) => void): () => void;
  /** Rejects when the demo breaks off by itself. */
  readonly failure: Promise<never>;
  close(): Promise<void>;
}

/** Two, of which the first publishes. */
const NODES = 2;

/** Starts a demo; resolves when its page can be opened. */
export async function openStage(options: StageOptions): Promise<OpenStage> {
  const names = await namesOf(options.host);
  const token = names.far.length === 0 ? null : makeToken();
  const front = new Front(readAssets());
  const port = await front.listen(names.address, options.port);
  const originAt = (name: string) => new URL(`http://${name}:${port}`).origin;
  const origins = names.all.map(originAt);
  const [serverPort = 0, ...nodePorts] = await findPorts(1 + NODES);

  const { settings } = options;
  const served = { transports: DEMO_TRANSPORTS, hasChat: true, publishing: settings, port: serverPort };
  const server = new DemoNode({ ...served, origins, cluster: null }, 0, (why) => stage.fail(why));
  const network = new Network((why) => stage.fail(why));
  const cluster = new Cluster({ serverPorts: nodePorts, origins });
  const stage = new Stage({ server, network, cluster, visitors: () => pages.count }, settings);
  const pages = new Pages(behind(stage, network, token), (observer) => stage.onState(observer));
  const close = async () => {
    pages.close();
    await stage.end();
    pages.cutOff();
    front.close();
  };

  try {
    const targets = [...DEMO_TRANSPORTS.map(() => serverPort), ...nodePorts];
    await Promise.all([server.begin(), network.begin(names.address, targets, settings.rttMs)]);
  } catch (error) {
    await close();
    throw error;
  }
  front.open({ origins, relayPorts: network.ports, control: pages.take });
  const urlAt = (name: string) => `${originAt(name)}/${token === null ? '' : `#token=${token}`}`;
  return {
    port,
    url: urlAt(names.near),
    farUrls: names.far.map(urlAt),
    get state() {
      return stage.state;
    },
    ask: (control) => stage.ask(control),
    onState: (observer) => stage.onState(observer),
    failure: stage.failure,
    close,
  };
}

function behind(stage: Stage, network: Network, token: string | null): Behind {
  return {
    welcome: (given) => ({
      type: 'welcome',
      version: rtbenchVersion,
      mayControl: token === null || (given !== null && isSame(token, given)),
      ports: perTransport((_, index) => network.ports[index] ?? 0),
    }),
    ask: (control) => stage.ask(control),
  };
}
