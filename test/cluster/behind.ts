import { addressOf } from '../../src/clients/fleet.ts';
import { Balancer } from '../../src/cluster/balancer/balancer.ts';
import type { BalancerName } from '../../src/cluster/balancer/layout.ts';
import type { Connection, Message, Transport } from '../../src/contracts.ts';
import type { ClusterSettings } from '../../src/measurements.ts';
import { clientOptions, type Host, serve } from '../transports/harness.ts';

/** One client that comes by the balancer. */
export interface Comer {
  readonly connection: Connection;
  readonly inbox: Message[];
  readonly ended: string[];
}

/** Two nodes behind a real balancer. */
export class Behind {
  readonly hosts: readonly Host[];
  readonly url: URL;
  readonly #transport: Transport;
  readonly #balancer: Balancer;
  readonly #comers: Comer[] = [];

  private constructor(hosts: readonly Host[], url: URL, transport: Transport, balancer: Balancer) {
    this.hosts = hosts;
    this.url = url;
    this.#transport = transport;
    this.#balancer = balancer;
  }

  static async start(
    name: BalancerName,
    transport: Transport,
    settings: Partial<Pick<ClusterSettings, 'sticky' | 'balancerMistake'>> = {},
  ): Promise<Behind> {
    const hosts = [await serve(transport), await serve(transport)];
    const balancer = new Balancer(name, undefined, undefined);
    const ports = hosts.map(({ url }) => Number(url.port));
    const port = await balancer.start(ports, { sticky: true, balancerMistake: 'none', ...settings });
    return new Behind(hosts, new URL(`http://127.0.0.1:${port}/`), transport, balancer);
  }

  /** Client `index` has an address of its own. */
  async connect(index: number): Promise<Comer> {
    const [inbox, ended]: [Message[], string[]] = [[], []];
    const open = await this.#transport.client();
    const events = {
      message: (message: Message) => inbox.push(message),
      closed: (why: string) => ended.push(why),
    };
    const connection = await open(
      this.url,
      events,
      clientOptions({ localAddress: addressOf(index), holdMs: 500 }),
    );
    const comer = { connection, inbox, ended };
    this.#comers.push(comer);
    return comer;
  }

  /** Both nodes say it to their own clients. */
  publish(message: Message): void {
    for (const { side } of this.hosts) side.publish('all', message);
  }

  get peers(): number {
    return this.hosts.reduce((sum, { app }) => sum + app.peers.length, 0);
  }

  async end(): Promise<void> {
    await Promise.all(this.#comers.map(({ connection }) => connection.close()));
    await this.#balancer.end();
    await Promise.all(this.hosts.map((host) => host.close()));
  }
}
