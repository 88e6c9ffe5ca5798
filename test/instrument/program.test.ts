import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { nowNs } from '../../src/instrument/clock.ts';
import { Program } from '../../src/instrument/program/program.ts';

/** Tells whoever connects its own process and that of its child, which would outlive it. */
const SERVER = `
  const child = require('node:child_process').spawn('sleep', ['600']);
  require('node:net').createServer((socket) => socket.on('error', () => undefined).end(process.pid + ' ' + child.pid))
    .listen(Number(process.argv[1]), '127.0.0.1');
`;

async function pidsAt(port: number): Promise<number[]> {
  const socket = connect(port, '127.0.0.1');
  const [told] = await once(socket, 'data');
  socket.destroy();
  return String(told).split(' ').map(Number);
}

/** Where it exists and is no mere entry that nobody has taken note of. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function start(program: Program): Promise<number> {
  const [port = 0] = await program.findPorts(1);
  const command = [process.execPath, '-e', SERVER, String(port)];
  await program.start({ command, files: { 'some.conf': 'text' }, port });
  return port;
}

test('a program has a folder with its files; its end takes with it whatever it started and wrote', async () => {
  const program = new Program(undefined, undefined);
  const port = await start(program);
  const [pid = 0, child = 0] = await pidsAt(port);
  const folder = readlinkSync(`/proc/${pid}/cwd`);
  expect(readFileSync(join(folder, 'some.conf'), 'utf8')).toBe('text');
  const [cpu] = await program.watch([nowNs()]);
  expect((cpu?.userUs ?? 0) + (cpu?.systemUs ?? 0)).toBeGreaterThan(0);
  await program.kill();
  await vi.waitFor(() => expect([pid, child].filter(isRunning)).toEqual([]));
  await program.restart();
  const again = await pidsAt(port);
  expect(again).not.toContain(pid);
  await program.end();
  await vi.waitFor(() => expect(again.filter(isRunning)).toEqual([]));
  expect(existsSync(folder)).toBe(false);
});

test('a program that does not start is told with what it said', async () => {
  const program = new Program(undefined, undefined);
  const [port = 0] = await program.findPorts(1);
  const command = [process.execPath, '-e', 'console.error("wrong setting"); process.exit(3)'];
  await expect(program.start({ command, files: {}, port })).rejects.toThrow('wrong setting');
  await program.end();
});

test('a program ends with whoever started it, even if that is killed', async () => {
  const module = join(import.meta.dirname, '../../src/instrument/program/program.ts');
  const script = `
    const { Program } = await import(${JSON.stringify(module)});
    const program = new Program(undefined, undefined);
    const [port] = await program.findPorts(1);
    await program.start({ command: [process.execPath, '-e', ${JSON.stringify(SERVER)}, String(port)], files: {}, port });
    console.log(port);
    setInterval(() => undefined, 1000);
  `;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script]);
  onTestFinished(() => {
    owner.kill('SIGKILL');
  });
  const [told] = await once(owner.stdout, 'data');
  const [pid = 0, child = 0] = await pidsAt(Number(told));
  const folder = readlinkSync(`/proc/${pid}/cwd`);
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect([pid, child].filter(isRunning)).toEqual([]), { timeout: 10_000 });
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000 });
});
