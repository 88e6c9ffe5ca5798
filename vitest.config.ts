import { defineConfig } from 'vitest/config';

/** Whole runs of the real command, whose figures other tests beside them would spoil: one file after the other. */
const SLOW = [
  'test/advise/command.test.ts',
  'test/applications/{churn,exchange-stopped}.test.ts',
  'test/calibrate/{command,kept,mutations}.test.ts',
  'test/ci/{action,release}.test.ts',
  'test/cli/{endings,gates,output}.test.ts',
  'test/capacity/command.test.ts',
  'test/e2e/*.test.ts',
  'test/e2e/demo/busy.test.ts',
  'test/fallback/command.test.ts',
  'test/instrument/{autocannon,capture,wire}.test.ts',
  'test/instrument/link/{faults,relay}.test.ts',
  'test/library/measure.test.ts',
  'test/run/{flags,model,phases}.test.ts',
  'test/sweep/command.test.ts',
];

/** What waits long for pages, people, servers and silences, and tells no figures: two files at a time. */
const WAITING = [
  'test/applications/chat/history.test.ts',
  'test/clients/hostile.test.ts',
  'test/cluster/{balancer,bus,check-redis}.test.ts',
  'test/demo/{server-behind,server-fuzz,tour-in-terminal}.test.ts',
  'test/demo/stage/*.test.ts',
  'test/e2e/demo/{chat,chat-cuts,cluster,ended,faults,lanes}.test.ts',
  'test/page/{browser,trace}.test.ts',
  'test/publish/*.test.ts',
  'test/report/hostile.test.ts',
  'test/report/trace/{pcapng,real}.test.ts',
  'test/transports/http-hostile.test.ts',
  'test/transports/{lean,liveness,longpoll,polling}.test.ts',
  'test/transports/socketio{,-polling,-recovery,-websocket}.test.ts',
  'test/transports/lean/socketio/{bytes,hostile,wire}.test.ts',
  'test/transports/transcript/hostile.test.ts',
  'test/transports/wire/same.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'suite', include: ['test/**/*.test.ts'], exclude: [...SLOW, ...WAITING] },
      },
      {
        extends: true,
        test: { name: 'slow', include: SLOW, sequence: { groupOrder: 1 }, fileParallelism: false },
      },
      {
        extends: true,
        test: { name: 'waiting', include: WAITING, sequence: { groupOrder: 2 }, maxWorkers: 2 },
      },
    ],
  },
});
