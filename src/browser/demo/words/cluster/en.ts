/** The cluster's tab, in English. */
export const cluster = {
  tab: 'Cluster',
  title: 'Two nodes, and what joins them',
  lead: 'Two server processes, and browser clients at each. The events are published on node A only: whether clients of node B hear them is up to what stands between the two.',
  controls: 'Cluster controls',
  cluster: 'Two nodes',
  adapter: 'Adapter',
  redis: 'Redis',
  kill: 'Kill Redis',
  restart: 'Start Redis again',
  node: (letter: string) => `Node ${letter}`,
  publishes: (n: number) => (n === 0 ? 'publishes the events' : `publishes the events: #${n}`),
  publishesNothing: 'publishes nothing itself',
  redisIs: { running: 'passes everything on', killed: 'gone', unused: 'not used' },
  story: {
    off: 'The cluster is off. Switch it on to start two nodes and a Redis of their own.',
    starting: 'Two nodes are starting …',
    alone: 'Without an adapter, clients of node B hear nothing: node A knows only its own.',
    joined: 'The adapter passes each event on over Redis: clients of both nodes hear all of it.',
    killed:
      'Redis is gone: each node goes on with its own clients, and those of node B hear nothing of node A.',
    healed:
      'Redis is back, and both nodes are joined again by themselves. What was published meanwhile is lost to node B.',
  },
  missing: (why: string) => `A cluster cannot be had here: ${why}`,
  notYet: 'nothing yet',
  heard: 'heard',
  newest: 'newest',
  missed: 'missing',
  state: { connecting: 'connecting', open: 'connected', lost: 'reconnecting', closed: 'closed' },
  dots: (heard: number, shown: number) => `${heard} of the last ${shown} events were heard`,
  watchOnly: 'Who may control this demo has the link with the token.',
};

/** What the cluster says in every language. */
export type ClusterWords = typeof cluster;
