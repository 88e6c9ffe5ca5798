import { element, say } from '../page/element.ts';
import { kept } from '../page/kept.ts';
import { inWords } from '../words/language.ts';

const WAYS = ['streaming', 'sse'] as const;
type Way = (typeof WAYS)[number];

const { chosen, choose } = kept('way', WAYS);

/** The switch between the two ways of streaming. */
export class StreamWay {
  readonly element: HTMLElement;

  constructor(open: (way: Way) => void) {
    const legend = element('legend', { class: 'spoken' });
    inWords(({ lanes }) => say(legend, lanes.way));
    const choices = WAYS.map((way) => {
      const input = element('input', { type: 'radio', name: 'way', value: way });
      input.checked = way === this.chosen;
      input.addEventListener('change', () => {
        choose(way);
        open(way);
      });
      const name = element('span');
      inWords(({ lanes }) => say(name, lanes.ways[way]));
      return element('label', {}, input, name);
    });
    this.element = element('fieldset', { class: 'switch' }, legend, ...choices);
  }

  get chosen(): Way {
    return chosen() ?? 'streaming';
  }
}
