import { defineConfig } from 'vitest/config';

/** Whole runs of the real command, whose figures other tests beside them would spoil, and what waits long. */
const SLOW = [
  'test/advise/command.test.ts',
  'test/applications/chat/history.test.ts',
  'test/applications/{churn,exchange-stopped}.test.ts',
  'test/calibrate/{command,kept,mutations}.test.ts',
  'test/ci/{action,release}.test.ts',
  'test/cli/{endings,gates,output}.test.ts',
  'test/cluster/{balancer,bus,check-redis}.test.ts',
  'test/capacity/command.test.ts',
  'test/demo/{server-behind,server-fuzz,tour-in-terminal}.test.ts',
  'test/demo/stage/*.test.ts',
  'test/e2e/{,demo/}*.test.ts',
  'test/fallback/command.test.ts',
  'test/page/{browser,trace}.test.ts',
  'test/instrument/{autocannon,capture,wire}.test.ts',
  'test/instrument/link/{faults,relay}.test.ts',
  'test/publish/*.test.ts',
  'test/report/hostile.test.ts',
  'test/report/trace/{pcapng,real}.test.ts',
  'test/library/measure.test.ts',
  'test/run/{flags,model,phases}.test.ts',
  'test/sweep/command.test.ts',
  'test/transports/http-hostile.test.ts',
  'test/transports/{lean,liveness,socketio-polling,socketio-recovery,socketio-websocket}.test.ts',
  'test/transports/lean/websocket.test.ts',
  'test/transports/transcript/hostile.test.ts',
  'test/transports/wire/same.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'suite', include: ['test/**/*.test.ts'], exclude: SLOW } },
      {
        extends: true,
        test: { name: 'slow', include: SLOW, sequence: { groupOrder: 1 }, fileParallelism: false },
      },
    ],
  },
});
