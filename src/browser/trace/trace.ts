import { arrowsOf, type DrawnArrow } from './arrows.ts';

/** Lets the drawing's arrows tell what they carry: under the pointer, in focus, and held by a click. */

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

const told = document.querySelector<HTMLElement>('#told');
const hint = told?.firstElementChild?.cloneNode(true);
let held: DrawnArrow | undefined;
let shown: DrawnArrow | undefined;

function show(arrow: DrawnArrow | undefined): void {
  if (arrow === shown || told === null) return;
  shown?.mark(false);
  shown = arrow;
  arrow?.mark(true);
  told.replaceChildren(...(arrow?.tell() ?? (hint === undefined ? [] : [hint])));
  told.scrollTop = 0;
}

function hold(arrow: DrawnArrow | undefined): void {
  held?.hold(false);
  held = arrow === held ? undefined : arrow;
  held?.hold(true);
  show(arrow);
}

function enliven(drawing: SVGSVGElement): void {
  const arrows = arrowsOf(drawing);
  arrows.forEach((arrow, place) => {
    const { element } = arrow;
    element.tabIndex = place === 0 ? 0 : -1;
    element.addEventListener('pointerenter', () => held === undefined && show(arrow));
    element.addEventListener('click', () => hold(arrow));
    element.addEventListener('focus', () => {
      for (const other of arrows) other.element.tabIndex = other === arrow ? 0 : -1;
      if (held !== undefined && held !== arrow) hold(held);
      show(arrow);
    });
    element.addEventListener('keydown', (event) => {
      const next = nextOf(event.key, place, arrows.length);
      if (event.key === 'Enter' || event.key === ' ') hold(arrow);
      else if (next === undefined) return;
      else arrows[next]?.element.focus();
      event.preventDefault();
    });
  });
}

function nextOf(key: string, place: number, many: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return many - 1;
  const step = STEPS[key];
  return step === undefined ? undefined : Math.min(many - 1, Math.max(0, place + step));
}

for (const drawing of document.querySelectorAll<SVGSVGElement>('.drawing svg')) enliven(drawing);
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  if (held !== undefined) hold(held);
  show(undefined);
});
// Without a script nothing would ever stand there.
if (told !== null) told.hidden = false;
