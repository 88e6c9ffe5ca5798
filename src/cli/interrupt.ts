/** The exit code of a command that Ctrl-C or SIGTERM ended. */
export const INTERRUPTED = 130;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Ctrl-C and SIGTERM end the process as it ends itself, so that no temporary file stays. */
export function endWhenInterrupted(): void {
  for (const signal of SIGNALS) process.on(signal, end);
}

/** From here on aborts at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) end();
    controller.abort();
  };
  for (const signal of SIGNALS) process.off(signal, end).on(signal, stop);
  return controller.signal;
}

function end(): void {
  process.exit(INTERRUPTED);
}
