import type { Phase } from '../clients/client.ts';
import { connect } from '../clients/connect.ts';
import type { Control } from '../page/control.ts';
import type { Price } from './price.ts';
import type { Connect } from './visit/visit.ts';

/** Connects visits to the chat by a real browser's client, which the price is told of. */
export function connecting(control: Control, price: Price, pollIntervalMs: () => number): Connect {
  return (transport, hearing) => {
    const watcher = price.begin(transport);
    let phase: Phase = 'connecting';
    const state = (next: Phase, carrying: string) => {
      watcher.state(next, carrying);
      // Asking clients say with each answer that they are connected.
      if (next === phase) return;
      phase = next;
      if (phase === 'open') hearing.open();
      else if (phase === 'lost') hearing.lost();
    };
    const message = (text: string) => hearing.message(text);
    const events = { asked: watcher.asked, answered: watcher.answered, state, message };
    return connect(transport, control.baseOf('chat', transport), events, { pollIntervalMs });
  };
}
