/** So many frames share the work, so that none takes long; at sixty a second each picture is drawn thirty times. */
const TURNS = 2;
/** What a screen takes for a frame, roughly. */
const FRAME_MS = 17;
/** For whoever asked for less motion. */
const STILL_MS = 1_000;

const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** Has the pictures drawn again and again while `isShown` says so; a page that is hidden gets no frames. */
export function drawOften(isShown: () => boolean, pictures: readonly { draw(nowMs: number): void }[]): void {
  let turn = 0;
  let dueMs = 0;
  let drawnMs = 0;
  const frame = () => {
    requestAnimationFrame(frame);
    const nowMs = performance.now();
    if (nowMs < dueMs || !isShown()) return;
    // A frame that comes late tells that drawing takes long here: leave as much time again to all else.
    const lateMs = nowMs - Math.max(drawnMs, dueMs) - FRAME_MS;
    for (const [place, picture] of pictures.entries()) if (place % TURNS === turn) picture.draw(nowMs);
    turn = (turn + 1) % TURNS;
    drawnMs = nowMs;
    const restMs = stillness.matches ? STILL_MS / TURNS : Math.min(Math.max(0, lateMs), STILL_MS);
    dueMs = nowMs + restMs;
  };
  requestAnimationFrame(frame);
}
