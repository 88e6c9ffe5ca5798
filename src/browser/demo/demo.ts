import type { DemoState } from '../../demo-talk.ts';
import { Controls } from './controls/controls.ts';
import { Control } from './page/control.ts';
import { element, say } from './page/element.ts';
import { head } from './page/head.ts';
import { TabList } from './page/tab-list.ts';
import { applyTheme } from './page/theme.ts';
import { TABS } from './tabs.ts';
import { TourBand } from './tour/band.ts';
import { currentLanguage, setLanguage, words } from './words/language.ts';

/** Puts the page together and keeps it at what the demo tells. */

setLanguage(currentLanguage());
applyTheme();

const tabs = new TabList(TABS);
const band = new TourBand();
const visitors = element('span', { class: 'visitors' });
const trouble = element('p', { class: 'trouble', role: 'status' }, words().page.connecting);
const controls = new Controls((asking) => control.ask(asking));

let mayControl = false;
const control = new Control({
  welcome(welcome) {
    ({ mayControl } = welcome);
    trouble.hidden = true;
  },
  state: take,
  refused: (why) => controls.refuse(why),
  lost() {
    trouble.hidden = false;
    say(trouble, words().page.lost);
  },
});

function take(state: DemoState): void {
  const demo = { control, state, mayControl };
  say(visitors, words().page.visitors(state.visitors));
  controls.take(demo);
  band.take(state.tour);
  tabs.take(demo);
}

document.body.prepend(
  head(tabs.buttons, visitors, trouble),
  band.element,
  element('div', { class: 'stage' }, controls.element, tabs.places),
);
