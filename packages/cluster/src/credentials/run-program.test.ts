import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { type ProgramCall, runProgram } from './run-program.ts';

const run = (script: string, change: Partial<ProgramCall> = {}) =>
  runProgram({
    command: process.execPath,
    args: ['-e', script],
    environment: { GIVEN: 'yes' },
    timeoutMs: 20_000,
    maxOutputBytes: 1000,
    signal: new AbortController().signal,
    ...change,
  });

/** What has ended and was not yet collected by its parent is a zombie, and does not run. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

describe('a program', () => {
  it('gets its arguments, this environment alone and no input', async () => {
    const script = 'process.stdin.on("end", () => console.log(JSON.stringify([process.env.GIVEN, process.env.HOME ?? null]))).resume(); console.error("hm")';
    expect(await run(script)).toEqual({ state: 'exited', exitCode: 0, stdout: '["yes",null]\n', stderr: 'hm\n' });
  });

  it('says how it failed, and that it is not there', async () => {
    expect(await run('console.error("no login"); process.exitCode = 3')).toMatchObject({ state: 'exited', exitCode: 3, stderr: 'no login\n' });
    expect(await run('', { command: 'no-such-program-of-this-test' })).toEqual({ state: 'notStarted', code: 'ENOENT' });
    expect(await run('', { command: import.meta.dirname })).toEqual({ state: 'notStarted', code: 'EACCES' });
  });

  it('is stopped when it takes too long, writes too much, or is no longer wanted', async () => {
    const forever = 'console.error("waiting"); setInterval(() => {}, 1000)';
    expect(await run(forever, { timeoutMs: 300 })).toMatchObject({ state: 'timedOut' });
    expect(await run('setInterval(() => console.log("x".repeat(500)), 1)')).toMatchObject({ state: 'tooMuchOutput' });
    expect(await run(forever, { signal: AbortSignal.timeout(100) })).toMatchObject({ state: 'aborted' });
    expect(await run(forever, { signal: AbortSignal.abort() })).toMatchObject({ state: 'aborted' });
  });

  it('is stopped with the programs that it started', async () => {
    const child = 'console.error(require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]).pid); setInterval(() => {}, 1000)';
    const end = await run(child, { timeoutMs: 2_000 });
    if (end.state !== 'timedOut') throw new Error('not stopped');
    const started = Number(end.stderr);
    expect(started).toBeGreaterThan(0);
    await vi.waitFor(() => expect(isRunning(started)).toBe(false), 5_000);
  });

  it('is over when it ends, though a child of it holds its output open', async () => {
    const child = 'require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 3000)"], {stdio: "inherit", detached: true}).unref()';
    expect(await run(`${child}; console.log("done")`, { timeoutMs: 2_500 })).toMatchObject({ state: 'exited', stdout: 'done\n' });
  });
});
