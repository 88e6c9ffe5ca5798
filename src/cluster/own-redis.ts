/** A redis-server that one round started and may ill-treat. */
export interface OwnRedis {
  readonly url: string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Ends it for good and removes what it wrote. */
  end(): Promise<void>;
}
