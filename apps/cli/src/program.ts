import { AppError, exitCode, toAppError } from '@quarterdeck/contract/errors';
import { Command, CommanderError } from 'commander';
import { type AnyCommand, helpMeaning } from './command.ts';
import { type ToldCommand, toldCommands } from './command-tree.ts';
import { commands } from './commands/index.ts';
import type { CommandContext } from './context.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { logOptions, logSettings, takeLogOptions } from './log/log-options.ts';
import { errorText } from './output/error-text.ts';
import { isSentence } from './words/word-verbs.ts';

const groups: Record<string, string> = {
  alerts: 'Who is told of which issues and events',
  auth: 'Log in to a workbench of a team, and tokens for programs',
  token: 'Personal access tokens: what programs show in your place',
  model: 'Language models: which there are, which are asked, how they do',
  key: 'Keys of the providers of language models',
  config: 'What is set about models, providers and prices',
  memory: 'What the assistant was told of your systems, for all conversations',
  knowledge: 'What was written down: runbooks, and issues that were resolved',
  snapshot: 'Save a cluster to a file, or open such a file',
  rollout: 'Follow, restart, pause or roll back a workload',
  set: 'Change one thing of a workload',
  actions: 'What was previewed and carried out step by step, and taking it back',
  audit: 'What was done through Quarterdeck by anyone, and whether the record is whole',
  storage: 'Back up, check, move and encrypt what Quarterdeck keeps',
  helm: 'Look at Helm releases, and change them with the helm program',
};

/**
 * Runs one command line. Results go to stdout, everything else to stderr.
 * @returns the exit code; never throws
 */
export async function runCli(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    const { line, flags } = takeLogOptions(args);
    const settings = logSettings({ flags, environment: context.environment });
    const run = () => runLine(line, { ...context, flags });
    if (settings === null) return await run();
    const { loggedRun } = await import('./log/logged-run.ts');
    return await loggedRun({ settings, command: commandOf(withDefaultCommand(line)), isHelp, run }, context);
  } catch (thrown) {
    const error = translate(thrown, context.signal);
    if (error === null) return 0;
    context.err.write(errorText(error, context.environment));
    return exitCode[error.code];
  }
}

async function runLine(args: readonly string[], context: CommandContext): Promise<number> {
  let result = 0;
  const line = await withoutSentence(withDefaultCommand(args), context);
  const program = await buildProgram(line[0] ?? '', context, (code) => {
    result = code;
  });
  await program.parseAsync(line, { from: 'user' });
  return result;
}

/** The words of the command alone: what comes after them may be secret. */
function commandOf(line: readonly string[]): string {
  const names = Object.keys(commands).filter((name) => `${line.join(' ')} `.startsWith(`${name} `));
  return names.toSorted((a, b) => b.length - a.length)[0] ?? 'help';
}

/** A sentence in place of arguments becomes the command that it stands for. */
async function withoutSentence(args: string[], context: CommandContext): Promise<string[]> {
  return isSentence(args) ? (await import('./words/read-sentence.ts')).readSentence(args, context) : args;
}

/** `qd` alone, or with options only, is `qd start`; `qd help snapshot save` is `qd snapshot save --help`. */
function withDefaultCommand(args: readonly string[]): string[] {
  const [first, ...others] = args;
  if (first === '--version' || first === '-V') return ['version', ...others];
  if (first === 'help' && others.length > 1) return [...others, '--help'];
  const startsWorkbench = first === undefined || (first.startsWith('-') && first !== '--help' && first !== '-h');
  return startsWorkbench ? ['start', ...args] : [...args];
}

/** The program with the commands that begin with a word; with every command where none does, as help and suggestions need it. */
async function buildProgram(word: string, context: CommandContext, finish: (exitCode: number) => void): Promise<Command> {
  const program = new Command('qd')
    .description('What is broken in a Kubernetes cluster, why, and a fix that can be read.\n\nWithout a command qd starts the workbench.')
    .enablePositionalOptions()
    .helpOption('-h, --help', helpMeaning)
    .helpCommand('help [command]', 'Show the help of a command')
    .addHelpText('after', exitCodeHelp());
  for (const { option, value, meaning } of logOptions) program.option(`${option} <${value}>`, meaning);
  const told = async () => toldCommands(await buildProgram('', context, finish));
  const all = Object.entries({ ...commands, ...commandsOnCommands(told) });
  const asked = all.filter(([name]) => name.split(' ')[0] === word);
  const loaded = await Promise.all((asked.length > 0 ? asked : all).map(([, load]) => load()));
  for (const command of loaded) attach(program, command, context, finish);
  forEachCommand(program, (command) => configure(command, context));
  return program;
}

/** The commands that tell of all the others. */
function commandsOnCommands(told: () => Promise<readonly ToldCommand[]>): typeof commands {
  return {
    completion: async () => (await import('./commands/completion.ts')).completionCommand(told),
    'completion names': async () => (await import('./commands/completion.ts')).completionNames,
    man: async () => (await import('./commands/manual.ts')).manualCommand(told),
  };
}

function attach(program: Command, command: AnyCommand, context: CommandContext, finish: (exitCode: number) => void): void {
  const words = command.name.split(' ').slice(0, -1);
  const parent = words.reduce((at, word) => at.commands.find((child) => child.name() === word) ?? addGroup(at, word), program);
  parent.addCommand(command.build(context, finish));
}

function addGroup(parent: Command, name: string): Command {
  const group = new Command(name)
    .description(groups[name] ?? '')
    .helpOption('-h, --help', helpMeaning)
    .helpCommand(false);
  parent.addCommand(group);
  return group;
}

function forEachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) forEachCommand(child, visit);
}

function configure(command: Command, { out, err }: CommandContext): void {
  command.showSuggestionAfterError(true).exitOverride((error) => {
    throw error.exitCode === 0 ? error : usageError(error, nameOf(command));
  });
  command.configureOutput({
    writeOut: (text) => out.write(text),
    // Usage errors are thrown and shown once, as every other error.
    writeErr: (text) => (command.commands.length > 0 && command.args.length === 0 ? err.write(text) : undefined),
    outputError: () => undefined,
    getOutHelpWidth: () => out.columns ?? 100,
    getErrHelpWidth: () => err.columns ?? 100,
    getOutHasColors: () => out.colour,
    getErrHasColors: () => err.colour,
  });
}

function isHelp(thrown: unknown): boolean {
  return thrown instanceof CommanderError;
}

/** Null for what is no failure: help that was asked for. */
function translate(thrown: unknown, signal: AbortSignal): AppError | null {
  if (isHelp(thrown)) return null;
  const error = toAppError(thrown);
  return signal.aborted && error.code === 'INTERNAL_ERROR' ? new AppError('CANCELLED', 'Interrupted.', { cause: thrown }) : error;
}

function usageError(error: CommanderError, command: string): AppError {
  const where = `See \`${command} --help\`.`;
  if (error.code === 'commander.help') return new AppError('VALIDATION_ERROR', 'A command is missing.', { hint: where, cause: error });
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion === undefined ? where : suggestion.replace(/[()]/g, '');
  return new AppError('VALIDATION_ERROR', `${message.replace(/\.+$/, '')}.`, { hint, cause: error });
}

/** The words that a person types for it. */
function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
