import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterState, DEMO_TRANSPORTS, type DemoSettings, type DemoState } from '../../demo-talk.ts';
import { messageOf, RtbenchError } from '../../errors.ts';
import type { Control } from './control/asking.ts';
import { countsOf } from './counts.ts';
import type { Cluster } from './processes/cluster.ts';
import type { Network } from './processes/network.ts';
import type { DemoNode } from './processes/node.ts';

const LOOK_AGAIN_MS = 250;
const MOST_WAITING = 20;

/** What a stage directs. */
export interface Company {
  readonly server: DemoNode;
  readonly network: Network;
  readonly cluster: Cluster;
  /** How many pages are open. */
  visitors(): number;
}

/** Directs the processes of a demo as the controls say, and shows how they are to whoever looks. */
export class Stage {
  readonly #company: Company;
  readonly #observers = new Set<(state: DemoState) => void>();
  readonly #failure = Promise.withResolvers<never>();
  #settings: DemoSettings;
  #server: DemoState['server'] = 'running';
  #published = 0;
  #lanes: DemoState['lanes'] = countsOf({}, []);
  /** What is done to it, one thing after the other. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isLooking = false;
  #isOver = false;

  constructor(company: Company, settings: DemoSettings) {
    this.#company = company;
    this.#settings = settings;
    // Whoever does not care is not to end by it.
    this.#failure.promise.catch(() => undefined);
  }

  /** How everything is, as far as it was looked at. */
  get state(): DemoState {
    const { server, network, visitors } = this.#company;
    return {
      atMs: Date.now(),
      settings: this.#settings,
      network: network.state,
      server: this.#server,
      starts: server.starts,
      published: this.#published,
      visitors: visitors(),
      lanes: this.#lanes,
      cluster: this.#cluster,
      tour: null,
    };
  }

  /** Rejects when a process that is needed has ended by itself. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  /** Tells of every state from now on, until what it answers with is called. */
  onState(observer: (state: DemoState) => void): () => void {
    this.#observers.add(observer);
    void this.#keepLooking();
    return () => void this.#observers.delete(observer);
  }

  /** Does what the controls ask for, after all that was asked before; answers with why it cannot be done, null when it is done. */
  async ask(control: Control): Promise<string | null> {
    const why = this.#refusal(control);
    if (why !== null) return why;
    if (control.type === 'restart-server') this.#server = 'restarting';
    this.#waiting += 1;
    const done = this.#lastTurn.then(() => this.#do(control));
    this.#lastTurn = done;
    const outcome = await done;
    this.#waiting -= 1;
    return outcome;
  }

  /** A process that is needed has ended by itself. */
  readonly fail = (error: unknown): void => {
    if (!this.#isOver)
      this.#failure.reject(new RtbenchError('child', `The demo broke off: ${messageOf(error)}`));
  };

  /** Ends all processes. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.#observers.clear();
    const { server, network, cluster } = this.#company;
    await Promise.all([server.end(), network.end(), cluster.turnOff()]);
    await this.#lastTurn;
  }

  get #cluster(): ClusterState {
    const { state } = this.#company.cluster;
    const ports = this.#company.network.ports.slice(DEMO_TRANSPORTS.length);
    return { ...state, ports: state.phase === 'running' ? ports : [] };
  }

  #refusal({ type }: Control): string | null {
    if (this.#isOver) return 'The demo is ending.';
    if (type === 'restart-server' && this.#server === 'restarting')
      return 'The server is restarting already.';
    return this.#waiting < MOST_WAITING ? null : 'Too much at once.';
  }

  async #do(control: Control): Promise<string | null> {
    if (this.#isOver) return 'The demo is ending.';
    try {
      const why = await this.#turn(control);
      await this.#look();
      return why;
    } catch (error) {
      this.fail(error);
      return messageOf(error);
    }
  }

  async #turn(control: Control): Promise<string | null> {
    const { network } = this.#company;
    switch (control.type) {
      case 'set':
        await this.#set({ ...this.#settings, ...control.settings });
        return null;
      case 'cut':
        await network.cut(control.on);
        return null;
      case 'block-websocket':
        await network.blockWebSocket(control.on);
        return null;
      case 'restart-server':
        await this.#restart();
        return null;
      case 'cluster':
        return this.#switchCluster(control.on, control.hasAdapter);
      case 'redis':
        return this.#killRedis(control.killed);
    }
  }

  async #set(settings: DemoSettings): Promise<void> {
    const { server, network, cluster } = this.#company;
    const before = this.#settings;
    this.#settings = settings;
    if (settings.rttMs !== before.rttMs) await network.setDistance(settings.rttMs);
    await Promise.all([server.set(settings), cluster.set(settings)]);
  }

  async #restart(): Promise<void> {
    await this.#look();
    await this.#company.server.restart();
    this.#server = 'running';
  }

  async #switchCluster(on: boolean, hasAdapter: boolean): Promise<string | null> {
    const { cluster } = this.#company;
    if (cluster.state.missing !== null) return cluster.state.missing;
    try {
      if (on) await cluster.turnOn(hasAdapter, this.#settings);
      else await cluster.turnOff();
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  async #killRedis(killed: boolean): Promise<string | null> {
    const { cluster } = this.#company;
    if (cluster.state.phase !== 'running') return 'The cluster is off.';
    if (killed !== (cluster.state.redis === 'killed')) await cluster.killRedis(killed);
    return null;
  }

  async #keepLooking(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#observers.size > 0) {
      await this.#look();
      await sleep(LOOK_AGAIN_MS, undefined, { ref: false });
    }
    this.#isLooking = false;
  }

  /** Looks how everything is and tells. */
  async #look(): Promise<void> {
    const { server, network, cluster } = this.#company;
    try {
      const [reading, carried] = await Promise.all([server.read(), network.crossed(), cluster.read()]);
      this.#take(reading.published, countsOf(reading.lanes, carried));
    } catch (error) {
      this.fail(error);
    }
  }

  #take(published: number, lanes: DemoState['lanes']): void {
    this.#published = published;
    this.#lanes = lanes;
    const { state } = this;
    for (const observer of this.#observers) observer(state);
  }
}
