import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError, exitCode } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { commands } from './commands/index.ts';
import type { ChildProgram } from './context.ts';
import { exitCodeDocument, exitCodeTable } from './exit-codes.ts';
import { hashSources } from './sandbox/sandbox-program.ts';
import { runQd } from './testing.ts';

describe('the help', () => {
  const pages = ['', 'snapshot', ...Object.keys(commands), 'completion', 'completion names', 'man'];

  it.each(pages)('of qd %s is the golden one', async (name) => {
    const { code, out, err } = await runQd(['help', ...name.split(' ').filter(Boolean)]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    await expect(out).toMatchFileSnapshot(`testdata/help/${['qd', ...name.split(' ')].filter(Boolean).join('-')}.txt`);
  });

  it('is the same after --help', async () => {
    const [asked, flagged] = await Promise.all([runQd(['help', 'issues']), runQd(['issues', '--help'])]);
    expect(flagged).toEqual(asked);
  });
});

describe('a command', () => {
  it.each(Object.entries(commands))('%s is loaded under its own name', async (name, load) => {
    expect((await load()).name).toBe(name);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['isues'], "unknown command 'isues'", 'Did you mean issues?'],
    [['issues', '--severty', 'high'], "unknown option '--severty'", 'Did you mean --severity?'],
    [['issues', '--severity', 'huge'], '--severity must be one of critical, high, medium, low', 'qd issues --help'],
    [['issues', '-n', 'shop', '-A'], '--namespace and --all-namespaces exclude each other', 'Leave one'],
    [['plan'], "missing required argument 'issue'", 'qd plan --help'],
    [['plan', 'a', '--note', 'x'.repeat(4001)], '--note may have at most 4000 characters', 'qd plan --help'],
    [['snapshot'], 'A command is missing', 'qd snapshot --help'],
  ])('%j is told with the way out, on stderr, with code 3', async (args, message, hint) => {
    const { code, out, err } = await runQd(args);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(`qd: ${message}`);
    expect(err).toContain(hint);
  });
});

describe('errors', () => {
  it('end with the code of their table', async () => {
    const { code, err } = await runQd(['issues']);
    expect(code).toBe(exitCode.KUBECONFIG_INVALID);
    expect(err).toBe('qd: There is no kubeconfig.\n    Name one.\n');
  });

  it('are an interruption when the person interrupted', async () => {
    const interruption = new AbortController();
    const openAccess = async () => {
      interruption.abort('SIGINT');
      throw new Error('socket hang up');
    };
    expect(await runQd(['issues'], { signal: interruption.signal, openAccess })).toMatchObject({ code: 130, err: 'qd: Interrupted.\n' });
  });

  it('that nobody foresaw show where they happened only when asked', async () => {
    const openAccess = () => Promise.reject(new TypeError('x is not a function'));
    const plain = await runQd(['issues'], { openAccess });
    expect(plain).toMatchObject({ code: 1, err: expect.stringContaining('QD_DEBUG=1') });
    const debug = await runQd(['issues'], { openAccess, environment: { QD_DEBUG: '1' } });
    expect(debug.err).toContain('program.test.ts');
  });
});

describe('exit codes', () => {
  it('are all in the reference page', async () => {
    expect(new Set(exitCodeTable().map((row) => row.code))).toEqual(new Set([0, 2, ...Object.values(exitCode)]));
    await expect(exitCodeDocument()).toMatchFileSnapshot('../../../docs/reference/exit-codes.md');
  });
});

describe('qd version', () => {
  it('gives one line, or JSON', async () => {
    expect((await runQd(['--version'])).out).toMatch(/^qd \d+\.\d+\.\d+ \(Node /);
    expect(JSON.parse((await runQd(['version', '-o', 'json'])).out)).toMatchObject({ version: expect.any(String) });
  });
});

describe('qd sandbox', () => {
  it('builds the program once and hands every argument on, with the exit code of the program', async () => {
    const environment = { QUARTERDECK_CACHE: mkdtempSync(join(tmpdir(), 'qd-cache-')) };
    const calls: ChildProgram[] = [];
    const runChild = async (program: ChildProgram) => {
      calls.push(program);
      const target = program.args[program.args.indexOf('-o') + 1];
      if (program.args[0] === 'build' && target !== undefined) writeFileSync(target, '');
      return program.command === 'go' ? 0 : 7;
    };
    const args = ['up', '--name', 'a', '--help', '--', '-n'];
    const first = await runQd(['sandbox', ...args], { environment, runChild });
    expect(first).toMatchObject({ code: 7, out: '', err: expect.stringContaining('Built in 0 s') });
    expect(calls.map((call) => call.args[0])).toEqual(['version', 'build', 'up']);
    const again = await runQd(['sandbox', ...args], { environment, runChild });
    expect(again).toMatchObject({ code: 7, err: '' });
    expect(calls.at(-1)).toMatchObject({ args, command: expect.stringContaining(environment.QUARTERDECK_CACHE) });
    expect(calls).toHaveLength(4);
  });

  it('says what to install where Go is missing', async () => {
    const runChild = () => Promise.reject(new AppError('UNSUPPORTED', 'go does not start.'));
    const environment = { QUARTERDECK_CACHE: mkdtempSync(join(tmpdir(), 'qd-cache-')) };
    expect(await runQd(['sandbox', 'up'], { environment, runChild })).toMatchObject({ code: 12, err: expect.stringContaining('Install Go') });
  });
});

describe('hashSources', () => {
  it('is the same for the same sources elsewhere, and blind to tests, documents and scenarios', async () => {
    const folder = (files: Record<string, string>) => {
      const top = mkdtempSync(join(tmpdir(), 'qd-go-'));
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(top, name)), { recursive: true });
        writeFileSync(join(top, name), text);
      }
      return hashSources(top);
    };
    const main = await folder({ 'main.go': 'a' });
    expect(await folder({ 'main.go': 'a', 'main_test.go': 'b', 'README.md': 'c', 'scenarios/a/truth.json': 'd', 'scenarios/score.py': 'e' })).toBe(main);
    expect(await folder({ 'main.go': 'a', 'scenarios/embed.go': 'b' })).not.toBe(main);
    expect(await folder({ 'main.go': 'b' })).not.toBe(main);
    expect(await folder({ 'other.go': 'a' })).not.toBe(main);
  });
});
