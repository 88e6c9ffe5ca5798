/** A canvas that is as sharp as the screen, drawn in CSS pixels. */
export class Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly pen: CanvasRenderingContext2D;
  width = 0;
  height = 0;
  /** It was never drawn on in its size. */
  isBlank = true;

  constructor(canvas: HTMLCanvasElement) {
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('This browser draws nothing.');
    this.canvas = canvas;
    this.pen = pen;
    new ResizeObserver(() => this.#fit()).observe(canvas);
  }

  #fit(): void {
    this.isBlank = true;
    const { clientWidth, clientHeight } = this.canvas;
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.round(clientWidth * devicePixelRatio);
    this.canvas.height = Math.round(clientHeight * devicePixelRatio);
    this.pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  }
}
