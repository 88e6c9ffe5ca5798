import type { Application } from './application.ts';
import { broadcast } from './broadcast.ts';
export const churn: Application = { ...broadcast, name: 'churn' };
