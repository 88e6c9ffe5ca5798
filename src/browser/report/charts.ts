import { enliven } from './figure.ts';

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-height]')) enliven(figure);
