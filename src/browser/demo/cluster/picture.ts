import { element, say } from '../page/element.ts';
import { inWords, words } from '../words/language.ts';
import type { Ear } from './ear.ts';

/** A node with its clients below it. */
export function nodeBox(letter: string, ears: readonly Ear[]) {
  const heading = element('h3');
  const does = element('p', { class: 'does' });
  const clients = element('ul', {}, ...ears.map((ear) => ear.element));
  inWords(({ cluster }) => say(heading, cluster.node(letter)));
  const head = element('div', { class: 'process' }, heading, does);
  return {
    element: element('section', { class: 'node panel', 'data-node': letter }, head, clients),
    /** What the node itself does. */
    say: (text: string) => say(does, text),
  };
}

/** What stands between the nodes. */
export function redisBox() {
  const heading = element('h3', {}, 'Redis');
  const does = element('p', { class: 'does' });
  const shown = element('section', { class: 'redis' }, heading, does);
  return {
    element: shown,
    show(is: 'running' | 'killed' | 'unused') {
      shown.dataset.is = is;
      say(does, words().cluster.redisIs[is]);
    },
  };
}
