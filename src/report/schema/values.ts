import * as z from 'zod';

export const amount = z.number().nonnegative();
export const figure = z.number();
export const text = z.string();

/** Of a kind that an earlier report of this version did not have. */
export const later = amount.nullable().default(null);
