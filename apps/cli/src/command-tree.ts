import type { Command, Option } from 'commander';

/** A command as help, completion and man pages tell of it. */
export interface ToldCommand {
  /** The words after `qd`. */
  name: string;
  summary: string;
  description: string;
  usage: string;
  options: { flags: readonly string[]; value: string | null; values: readonly string[]; description: string }[];
  /** The words that may come next. */
  commands: string[];
}

/** Every command and group of commands of a program. */
export function toldCommands(program: Command): ToldCommand[] {
  return [told(program, ''), ...program.commands.flatMap((child) => below(child, child.name()))];
}

function below(command: Command, name: string): ToldCommand[] {
  return [told(command, name), ...command.commands.flatMap((child) => below(child, `${name} ${child.name()}`))];
}

function told(command: Command, name: string): ToldCommand {
  return {
    name,
    summary: command.summary() || command.description().split('\n')[0] || '',
    description: command.description(),
    usage: command.usage(),
    options: command.options.map(optionOf),
    commands: command.commands.map((child) => child.name()).filter((child) => child !== 'help'),
  };
}

function optionOf(option: Option): ToldCommand['options'][number] {
  const value = /<(.+)>/.exec(option.flags)?.[1] ?? null;
  const values = value?.includes('|') === true ? value.split('|') : [];
  const flags = [...(option.short === undefined ? [] : [option.short]), ...(option.long === undefined ? [] : [option.long])];
  return { flags, value, values, description: option.description };
}
