import { AppError } from '@quarterdeck/contract';
import type { ChildProgram, CommandContext, Output } from './context.ts';
import { runCli } from './program.ts';

export interface Run {
  code: number;
  out: string;
  err: string;
  /** The programs that it handed the terminal to. */
  children: ChildProgram[];
}

/** Runs a command line as the shell would, with no terminal, no cluster and children that only are written down. */
export async function runQd(args: readonly string[], overrides: Partial<CommandContext> = {}): Promise<Run> {
  const run: Run = { code: 0, out: '', err: '', children: [] };
  const context: CommandContext = {
    out: collect((text) => {
      run.out += text;
    }),
    err: collect((text) => {
      run.err += text;
    }),
    input: { isTerminal: false, readAll: async () => '', ask: async () => '' },
    terminal: null,
    environment: {},
    signal: new AbortController().signal,
    now: () => Date.parse('2026-01-01T00:00:00Z'),
    openAccess: async () => {
      throw new AppError('KUBECONFIG_INVALID', 'There is no kubeconfig.', { hint: 'Name one.' });
    },
    // Nothing is kept: what is written down has tests of its own.
    openActs: async () => ({ log: { begin: async () => ({ id: 'act', end: async () => undefined }) }, close: async () => undefined }),
    runSelf: (more) => runCli(more, context),
    runChild: async (program) => {
      run.children.push(program);
      return 0;
    },
    ...overrides,
  };
  run.code = await runCli(args, context);
  return run;
}

function collect(write: (text: string) => void): Output {
  return { write, columns: null, colour: false };
}
