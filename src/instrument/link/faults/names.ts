import type { FaultName } from '../../../measurements.ts';

/** Faults that look into the HTTP that passes. */
const LOOKING_IN = ['upgrade-403', 'upgrade-dropped', 'upgrade-200', 'buffering'] as const;
const LINK_FAULTS = ['link-cut', 'link-hole', 'link-slow', 'client-stall', 'storm', ...LOOKING_IN] as const;

/** A fault that the relay makes. */
export type LinkFault = (typeof LINK_FAULTS)[number];

/** Whether it is the relay that makes it. */
export function isLinkFault(name: FaultName): name is LinkFault {
  return LINK_FAULTS.some((fault) => fault === name);
}

/** Whether it must understand what passes, which TLS hides. */
export function isLookingIn(name: FaultName): boolean {
  return LOOKING_IN.some((fault) => fault === name);
}
