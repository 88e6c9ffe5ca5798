/** An arrow of a drawing, and what the list below it knows of it. */
export interface DrawnArrow {
  readonly element: SVGGElement;
  mark(isShown: boolean): void;
  hold(isHeld: boolean): void;
  /** What it carries, as elements that can be put anywhere. */
  tell(): Node[];
}

/** The arrows of a drawing in their order; from here on they are buttons. */
export function arrowsOf(svg: SVGSVGElement): DrawnArrow[] {
  svg.setAttribute('role', 'group');
  return [...svg.querySelectorAll<SVGGElement>('g.step')].flatMap((element) => {
    const step = document.querySelector(`#step-${svg.dataset.talk}-${element.dataset.step}`);
    const summary = step?.querySelector('summary');
    const what = step?.querySelector('.what');
    if (!summary || !what) return [];
    element.setAttribute('role', 'button');
    element.setAttribute('aria-pressed', 'false');
    element.setAttribute('aria-controls', 'told');
    const way = summary.querySelector('.spoken')?.textContent ?? '';
    // What is seen comes first, for who says it aloud to press it.
    element.setAttribute('aria-label', `${element.textContent}, ${way.replace(/: $/, '')}`);
    return [
      {
        element,
        mark: (isShown) => element.classList.toggle('is-shown', isShown),
        hold: (isHeld) => {
          element.classList.toggle('is-held', isHeld);
          element.setAttribute('aria-pressed', String(isHeld));
        },
        tell: () => {
          const title = document.createElement('h3');
          title.append(...[...summary.childNodes].map((node) => node.cloneNode(true)));
          return [title, what.cloneNode(true)];
        },
      } satisfies DrawnArrow,
    ];
  });
}
