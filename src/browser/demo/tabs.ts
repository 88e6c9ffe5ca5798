import { chat } from './chat/chat.ts';
import { cluster } from './cluster/cluster.ts';
import { lanes } from './lanes/lanes.ts';
import type { Tab } from './page/tab.ts';

/** All that the page shows, the first first. */
export const TABS: readonly Tab[] = [lanes, chat, cluster];
