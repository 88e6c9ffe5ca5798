import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eachOnItsOwn, type Runner } from './scripts.ts';

let runner: Runner;
eachOnItsOwn((own) => {
  runner = own;
});

const TINY = '--rounds 1 --duration 200ms\n--clients 4 --warmup 0 --isolate off';
/** What somebody may put where a name is expected. */
const EVIL = '$(touch pwned); touch pwned; `touch pwned`';

describe('install.sh', () => {
  it('puts the executable that it is given on the path', async () => {
    const { code, stdout } = await runner.run('install.sh', { EXECUTABLE: 'programs/rtbench' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(existsSync(`${runner.read('path').trim()}/rtbench`)).toBe(true);
  });

  it('takes a version from npm, whatever it holds, as one word', async () => {
    const install =
      'mkdir -p "$4/bin" && printf "#!/bin/sh\\necho 9.9.9\\n" >"$4/bin/rtbench" && chmod +x "$4/bin/rtbench"';
    runner.fake('npm', install);
    expect(await runner.run('install.sh', { VERSION: EVIL })).toMatchObject({ code: 0, stdout: '9.9.9\n' });
    expect(runner.calls()).toEqual([
      ['npm', 'install', '--global', '--prefix', runner.path('rtbench'), `rtbench@${EVIL}`],
    ]);
    expect(existsSync(runner.path('pwned'))).toBe(false);
  });
});

describe('measure.sh', () => {
  it('measures, writes what is asked for, and tells the next steps', async () => {
    const { code, stdout, stderr } = await runner.run('measure.sh', {
      ...{ TRANSPORTS: 'ws,sse', RTBENCH_ARGS: TINY, FOLDER: 'results', BASELINE: 'none/report.json' },
      OUTPUTS: 'report.md\nbencher:metrics.json\n',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('::notice::There is no baseline at none/report.json yet');
    expect(runner.read('output')).toBe('passed=true\nreport=results/report.json\n');
    expect(JSON.parse(runner.read('results/report.json'))).toMatchObject({ schema: 'rtbench/report@1' });
    // On a busy machine no round may be valid, and then there is nothing in it.
    expect(JSON.parse(runner.read('results/metrics.json'))).toBeTypeOf('object');
    expect(runner.read('results/report.md')).toMatch(/^\| *websocket /m);
    expect(runner.read('summary')).toMatch(/^\| *websocket /m);
  });

  it('ends as rtbench does where a gate fails, with the report kept; and holds a run against another', async () => {
    const env = { TRANSPORTS: 'ws', RTBENCH_ARGS: TINY, FOLDER: 'first' };
    const failed = await runner.run('measure.sh', {
      ...env,
      FAIL_IF: 'websocket.deliveredRatio<0\nwebsocket.latencyP50Ms>0\n',
    });
    expect(failed.code).toBe(99);
    expect(runner.read('output')).toBe('passed=false\nreport=first/report.json\n');
    const second = { ...env, FOLDER: 'second', BASELINE: 'first/report.json' };
    // A baseline that is there is used: of other work it is refused.
    const other = await runner.run('measure.sh', { ...second, RTBENCH_ARGS: `${TINY} --payload 128` });
    expect({ code: other.code, kept: existsSync(runner.path('second/report.json')) }).toEqual({
      code: 2,
      kept: false,
    });
  });

  it('takes nothing for a command', async () => {
    const env = { TRANSPORTS: EVIL, SCENARIO: EVIL, FAIL_IF: EVIL, RTBENCH_ARGS: TINY, FOLDER: 'results' };
    expect((await runner.run('measure.sh', env)).code).toBe(2);
    expect((await runner.run('measure.sh', { RTBENCH_ARGS: EVIL, FOLDER: 'results' })).code).toBe(2);
    expect(existsSync(runner.path('pwned'))).toBe(false);
    expect(runner.read('output')).toBe('passed=false\npassed=false\n');
  });
});

describe('comment.sh', () => {
  const env = { PR_NUMBER: '7', BODY_FILE: 'report.md' };
  const comments = 'repos/somebody/something/issues/7/comments';
  /** As gh does: what is there, then what is written, from the file that \`body=@\` names. */
  const gh = (ids: string, failure = '') => `case "$*" in
    *--paginate*) printf '${ids}' ;;
    *) for word; do case $word in body=@*) cp "\${word#body=@}" "$RUNNER_TEMP/body" ;; esac; done
       ${failure === '' ? '' : `echo '${failure}' >&2; exit 1`} ;;
  esac`;

  it('makes a comment where there is none, and changes the one that there is', async () => {
    runner.write('report.md', '| a | table |\n');
    runner.fake('gh', gh(''));
    expect(await runner.run('comment.sh', env)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(runner.calls()[1]?.slice(0, 5)).toEqual(['gh', 'api', '--method', 'POST', comments]);
    expect(runner.read('body')).toBe('<!-- rtbench -->\n| a | table |\n');
    runner.fake('gh', gh('41\\n42\\n'));
    expect((await runner.run('comment.sh', env)).code).toBe(0);
    const changed = ['gh', 'api', '--method', 'PATCH', 'repos/somebody/something/issues/comments/41'];
    expect(runner.calls()[1]?.slice(0, 5)).toEqual(changed);
  });

  it('says so where a fork may not write, and fails at anything else', async () => {
    runner.write('report.md', '');
    runner.fake('gh', gh('', 'gh: Resource not accessible by integration (HTTP 403)'));
    const refused = await runner.run('comment.sh', env);
    expect(refused).toMatchObject({ code: 0, stdout: expect.stringMatching(/^::notice::.*fork/) });
    runner.fake('gh', gh('', 'gh: Bad Gateway (HTTP 502)'));
    expect(await runner.run('comment.sh', env)).toMatchObject({
      code: 1,
      stderr: 'gh: Bad Gateway (HTTP 502)\n',
    });
  });
});
