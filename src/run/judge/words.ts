/** A share in whole percent, as flags and faults tell it. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
