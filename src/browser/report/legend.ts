import type { Entry } from './option.ts';
import { onThemeChange } from './theme.ts';

/** A button for each name of a chart; pressed while it is shown. */
export function legendOf(
  entries: () => readonly Entry[],
  hidden: Set<string>,
  draw: () => void,
): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'legend-buttons';
  list.setAttribute('aria-label', 'Shown in the chart');
  const swatches = entries().map(({ name, icon }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-pressed', 'true');
    const swatch = document.createElement('span');
    swatch.className = 'swatch';
    swatch.dataset.icon = icon;
    button.append(swatch, name);
    button.addEventListener('click', () => {
      if (!hidden.delete(name)) hidden.add(name);
      button.setAttribute('aria-pressed', String(!hidden.has(name)));
      draw();
    });
    const item = document.createElement('li');
    item.append(button);
    list.append(item);
    return swatch;
  });
  const paint = () => {
    for (const [place, { colour, edge }] of entries().entries()) {
      swatches[place]?.style.setProperty('--swatch', colour);
      swatches[place]?.style.setProperty('--edge', edge);
    }
  };
  paint();
  onThemeChange(paint);
  return list;
}
