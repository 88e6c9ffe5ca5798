/** Thirty pictures a second are smooth enough, and fewer where drawing takes long. */
const LEAST_BETWEEN_MS = 33;
const SHARE = 5;
/** For whoever asked for less motion. */
const STILL_BETWEEN_MS = 1_000;

const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** Draws again and again while the page is seen and `isShown` says so. */
export function drawOften(isShown: () => boolean, draw: (nowMs: number) => void): void {
  let dueMs = 0;
  const frame = () => {
    requestAnimationFrame(frame);
    const nowMs = performance.now();
    if (nowMs < dueMs || !isShown()) return;
    draw(nowMs);
    const tookMs = performance.now() - nowMs;
    // A frame that is due a little later than the screen's next one would be left out.
    dueMs = nowMs + (stillness.matches ? STILL_BETWEEN_MS : Math.max(LEAST_BETWEEN_MS, SHARE * tookMs) - 4);
  };
  // A page that is hidden gets no frames.
  requestAnimationFrame(frame);
}
