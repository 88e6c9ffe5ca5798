/** What the slow channel carries. */
export const SLOW_BYTES = 64 * 1024;
