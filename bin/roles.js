/** What a process of rtbench can be: its name, which is also its file in dist, and where its source is in src. */
export const roles = {
  cli: 'cli/start',
  server: 'server/main',
  clients: 'clients/main',
  yardstick: 'instrument/yardstick',
  relay: 'instrument/link/main',
  program: 'instrument/program/main',
  cannon: 'capacity/endpoint/main',
  demo: 'demo/server/main',
};
