import type { Entry } from './option.ts';
import { onThemeChange } from './theme.ts';

const SVG = 'http://www.w3.org/2000/svg';
const PATH = 'path://';

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
    const swatch = swatchOf(icon);
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

/** A shape by its name, or drawn where it is a path. */
function swatchOf(icon: string): HTMLElement {
  const swatch = document.createElement('span');
  swatch.className = 'swatch';
  swatch.dataset.icon = icon.startsWith(PATH) ? 'path' : icon;
  if (!icon.startsWith(PATH)) return swatch;
  const picture = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', icon.slice(PATH.length));
  picture.append(path);
  swatch.append(picture);
  // Where the path lies is known as soon as it is drawn.
  requestAnimationFrame(() => {
    const { x, y, width, height } = path.getBBox();
    picture.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
  });
  return swatch;
}
