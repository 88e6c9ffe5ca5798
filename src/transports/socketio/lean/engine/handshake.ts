/** What a server says as a session begins. */
export interface Handshake {
  /** As part of a query. */
  readonly session: string;
  readonly upgrades: readonly unknown[];
  /** How long the server may be silent. */
  readonly silentMs: number;
  /** 0 where it sets no limit. */
  readonly maxPayloadBytes: number;
}

/** More than a timer can wait. */
const MAX_SILENT_MS = 2 ** 31 - 1;

/** Undefined where it is none. */
export function readHandshake(json: string): Handshake | undefined {
  try {
    const said: Record<string, unknown> = JSON.parse(json);
    const { sid, upgrades, pingInterval, pingTimeout, maxPayload } = said;
    const silentMs = Number(pingInterval) + Number(pingTimeout);
    if (typeof sid !== 'string' || !(silentMs > 0 && silentMs <= MAX_SILENT_MS)) return undefined;
    return {
      session: `&sid=${encodeURIComponent(sid)}`,
      upgrades: Array.isArray(upgrades) ? upgrades : [],
      silentMs,
      maxPayloadBytes: typeof maxPayload === 'number' ? maxPayload : 0,
    };
  } catch {
    return undefined;
  }
}
