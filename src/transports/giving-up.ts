/** Calls `giveUp` as soon as nobody waits for an attempt any longer; returns how to forget that. */
export function whenGivenUp(signal: AbortSignal | undefined, giveUp: (error: Error) => void): () => void {
  if (signal === undefined) return () => undefined;
  const act = () => giveUp(new Error('given up'));
  if (signal.aborted) queueMicrotask(act);
  else signal.addEventListener('abort', act, { once: true });
  return () => signal.removeEventListener('abort', act);
}

/** What an attempt comes to, unless nobody waits for that any longer. */
export async function unlessGivenUp<Value>(
  signal: AbortSignal | undefined,
  attempt: Promise<Value>,
): Promise<Value> {
  const given = Promise.withResolvers<never>();
  const forget = whenGivenUp(signal, given.reject);
  try {
    return await Promise.race([attempt, given.promise]);
  } finally {
    forget();
  }
}
