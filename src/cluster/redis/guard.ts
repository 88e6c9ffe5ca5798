/** How long Redis may leave a message unanswered before no further one is sent to it. */
const PATIENCE_MS = 500;

/**
 * Stands before the commands that publish: they never throw, they never keep their caller for longer than its patience,
 * and while Redis answers nothing they are not sent, so that little is left to arrive stale when it comes back.
 */
export class Guard {
  /** Messages that did not go out, or of which nobody knows. */
  failures = 0;
  #unanswered = 0;
  #heardAtMs = 0;

  /** Puts it before methods of a client, for whoever calls them there. */
  over<Client extends object>(client: Client, methods: readonly (keyof Client)[]): void {
    for (const name of methods) {
      const method = client[name];
      if (typeof method !== 'function') continue;
      const value = (...input: unknown[]) => this.#through(() => method.apply(client, input));
      Object.defineProperty(client, name, { value });
    }
  }

  async #through(send: () => Promise<unknown>): Promise<unknown> {
    const nowMs = performance.now();
    if (this.#unanswered === 0) this.#heardAtMs = nowMs;
    if (nowMs - this.#heardAtMs > PATIENCE_MS) {
      this.failures += 1;
      return undefined;
    }
    this.#unanswered += 1;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const timer = setTimeout(resolve, PATIENCE_MS);
    const answered = (answer?: unknown) => {
      this.#unanswered -= 1;
      this.#heardAtMs = performance.now();
      clearTimeout(timer);
      resolve(answer);
    };
    send().then(answered, () => {
      this.failures += 1;
      answered();
    });
    return promise;
  }
}
