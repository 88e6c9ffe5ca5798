import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { type OpenStage, openStage } from '../../../src/demo/stage/open.ts';
import { type DemoState, FIRST_SETTINGS, type Telling } from '../../../src/demo-talk.ts';

type Told<Type extends Telling['type']> = Extract<Telling, { readonly type: Type }>;

/** A demo on a free port, with an event each 50 ms. */
export function openDemo(host = '127.0.0.1'): Promise<OpenStage> {
  return openStage({ host, port: 0, settings: { ...FIRST_SETTINGS, eventsPerSecond: 20 } });
}

/** A page without a browser: asks over `/control` and hears what it is told. */
export class Visitor {
  readonly socket: WebSocket;
  readonly told: Telling[] = [];

  constructor(pageUrl: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(new URL('control', pageUrl.replace('http', 'ws')), options);
    this.socket.on('message', (data) => {
      this.told.push(JSON.parse(String(data)));
      this.socket.emit('told');
    });
    this.socket.on('error', () => undefined);
  }

  /** A page that has said hello. */
  static async at(pageUrl: string, token: string | null = null): Promise<Visitor> {
    const visitor = new Visitor(pageUrl);
    await once(visitor.socket, 'open');
    visitor.say({ type: 'hello', token });
    return visitor;
  }

  say(asking: unknown): void {
    this.socket.send(JSON.stringify(asking));
  }

  /** Asks, and waits for a state that is as it should be. */
  async see(asking: unknown, isThere: (state: DemoState) => boolean): Promise<DemoState> {
    this.told.length = 0;
    this.say(asking);
    return (await this.next('state', ({ state }) => isThere(state))).state;
  }

  /** Asks for what is not to be had; answers with why. */
  async refused(asking: unknown): Promise<string> {
    this.told.length = 0;
    if (typeof asking === 'string') this.socket.send(asking);
    else this.say(asking);
    return (await this.next('refused')).why;
  }

  /** The first of this kind that it was told or will be. */
  async next<Type extends Telling['type']>(
    type: Type,
    isRight: (telling: Told<Type>) => boolean = () => true,
  ): Promise<Told<Type>> {
    for (;;) {
      const found = this.told.find(
        (telling): telling is Told<Type> => telling.type === type && isRight(telling as Told<Type>),
      );
      if (found !== undefined) return found;
      await once(this.socket, 'told');
    }
  }
}
