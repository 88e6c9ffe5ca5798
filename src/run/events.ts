import type { FaultName, Round } from '../measurements.ts';

/** The stretches of a round, in order. */
export type Stage = 'starting' | 'warming' | 'connecting' | 'settling' | 'measuring' | 'draining';

/** What a run tells while it goes on; progress lines are made from it. */
export type RunEvent =
  | {
      readonly kind: 'planned';
      /** Null where as many are run as a precision needs; then the time is what they may take. */
      readonly rounds: number | null;
      readonly expectedMs: number;
    }
  | {
      readonly kind: 'stage';
      readonly index: number;
      readonly transport: string;
      readonly round: number;
      /** Which point of a grid, where there is one. */
      readonly point?: string | undefined;
      readonly stage: Stage;
    }
  | {
      /** Told each second or so where clients take longer than that to come in. */
      readonly kind: 'connected';
      readonly index: number;
      readonly transport: string;
      readonly round: number;
      readonly point?: string | undefined;
      readonly connected: number;
      readonly clients: number;
      /** How long the others will take, if they come as quickly. */
      readonly remainingMs: number;
    }
  | {
      readonly kind: 'fault';
      readonly index: number;
      readonly transport: string;
      readonly round: number;
      readonly fault: FaultName;
      readonly node: number;
      readonly hasBegun: boolean;
    }
  | {
      readonly kind: 'finished';
      readonly index: number;
      readonly round: Round;
      readonly point?: string | undefined;
      readonly remainingMs: number;
      /** Where the rounds are not counted: half of the widest interval's width, as a share, and what it is to become. */
      readonly precision: { readonly reached: number; readonly wanted: number } | null;
    };
