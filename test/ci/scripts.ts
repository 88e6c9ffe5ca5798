import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { BIN, type Outcome, outcomeOf } from '../rtbench.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Gives each test of the file a runner of its own, and clears all of them away in the end. */
export function eachOnItsOwn(take: (runner: Runner) => void): void {
  const made: Runner[] = [];
  beforeEach(() => {
    const runner = new Runner();
    made.push(runner);
    take(runner);
  });
  afterAll(() => {
    for (const { folder } of made) rmSync(folder, { recursive: true });
  });
}

/** A runner's machine in a folder: where steps write to, and programs that would otherwise talk to the world. */
export class Runner {
  readonly folder = mkdtempSync(join(tmpdir(), 'rtbench-runner-'));
  readonly #programs = this.path('programs');

  constructor() {
    mkdirSync(this.#programs);
    symlinkSync(BIN, join(this.#programs, 'rtbench'));
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** What a file in it holds; nothing where there is none. */
  read(...parts: readonly string[]): string {
    return existsSync(this.path(...parts)) ? readFileSync(this.path(...parts), 'utf8') : '';
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  /** Puts a program of that name first: it writes down what it was called with, then runs a text of bash. */
  fake(name: string, text = ''): void {
    const file = join(this.#programs, name);
    const note = `printf '%s\\0' ${name} "$@" >>"$RUNNER_TEMP/calls"; echo >>"$RUNNER_TEMP/calls"`;
    writeFileSync(file, `#!/usr/bin/env bash\nset -euo pipefail\n${note}\n${text}\n`);
    chmodSync(file, 0o755);
  }

  /** What the fakes were called with since it was last asked. */
  calls(): string[][] {
    const lines = this.read('calls').split('\n').slice(0, -1);
    this.write('calls', '');
    return lines.map((line) => line.split('\0').slice(0, -1));
  }

  /** Runs one of the workflows' scripts in the folder, as a step would. */
  run(script: string, env: Readonly<Record<string, string>> = {}, cwd = this.folder): Promise<Outcome> {
    const child = spawn('bash', [join(ROOT, 'scripts/ci', script)], {
      cwd,
      env: {
        ...process.env,
        PATH: [this.#programs, process.env.PATH].join(delimiter),
        HOME: this.folder,
        GIT_CONFIG_GLOBAL: '/dev/null',
        XDG_STATE_HOME: this.path('state'),
        RUNNER_TEMP: this.folder,
        GITHUB_OUTPUT: this.path('output'),
        GITHUB_PATH: this.path('path'),
        GITHUB_STEP_SUMMARY: this.path('summary'),
        GITHUB_REPOSITORY: 'somebody/something',
        GITHUB_SHA: '0123456789abcdef',
        npm_config_offline: 'true',
        npm_config_update_notifier: 'false',
        ...env,
      },
    });
    return outcomeOf(child);
  }
}
