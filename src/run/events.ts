import type { Round } from '../measurements.ts';

/** The stretches of a round, in order. */
export type Phase = 'starting' | 'warming' | 'connecting' | 'settling' | 'measuring' | 'draining';

/** What a run tells while it goes on; progress lines are made from it. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly rounds: number; readonly expectedMs: number }
  | {
      readonly kind: 'phase';
      readonly index: number;
      readonly transport: string;
      readonly round: number;
      readonly phase: Phase;
    }
  | {
      readonly kind: 'finished';
      readonly index: number;
      readonly round: Round;
      readonly remainingMs: number;
    };
