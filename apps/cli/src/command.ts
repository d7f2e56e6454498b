import { AppError } from '@quarterdeck/contract/errors';
import { Command, Option } from 'commander';
import type * as z from 'zod';
import type { CommandContext } from './context.ts';
import type { OptionDescriptor } from './option-descriptor.ts';

/**
 * A command of qd. `input` has one field for every argument and option, in camel case; what a person typed goes
 * through it before `run` sees it. `run` resolves to the exit code and throws an AppError for everything that failed.
 * What reads a cluster is imported inside `run`: the others start faster without it.
 */
export interface CommandDefinition<Input extends z.ZodObject> {
  /** The words after `qd`: `issues`, `snapshot save`. */
  name: string;
  summary: string;
  /** Further sentences for `--help`. */
  description?: string;
  input: Input;
  /** Names of fields, in order, with what they mean. */
  arguments: Readonly<Record<string, string>>;
  /** The field that takes every further argument as a list, with what they mean. */
  rest?: readonly [field: string, meaning: string];
  options: Readonly<Record<string, OptionDescriptor>>;
  /** Command lines without `qd`, and what they do. */
  examples: readonly (readonly [string, string])[];
  /** For a command that hands everything to another program: the name of the list field. */
  passThrough?: string;
  run(input: z.output<Input>, context: CommandContext): Promise<number>;
}

/** A command whose input is known to itself alone. */
export interface AnyCommand {
  name: string;
  build(context: CommandContext, finish: (exitCode: number) => void): Command;
}

export const helpMeaning = 'Show this help';

export function defineCommand<Input extends z.ZodObject>(definition: CommandDefinition<Input>): AnyCommand {
  return {
    name: definition.name,
    build(context, finish) {
      const command = describe(definition);
      return command.action(async () => {
        const input = validate(definition, { ...optionsOf(definition, command.opts()), ...argumentsOf(definition, command.args) });
        finish(await definition.run(input, context));
      });
    },
  };
}

/** Takes what kubectl takes: `-o=json`, `--all-namespaces=true`, `--watch=false`. */
class KubectlCommand extends Command {
  private readonly switches: ReadonlySet<string>;

  constructor(name: string, options: Readonly<Record<string, OptionDescriptor>>) {
    super(name);
    const switches = Object.entries(options).filter(([, { value }]) => value === undefined);
    this.switches = new Set(switches.flatMap(([field, { short }]) => [`--${kebab(field)}`, ...(short === undefined ? [] : [`-${short}`])]));
  }

  override parseOptions(args: string[]): ReturnType<Command['parseOptions']> {
    const end = args.indexOf('--');
    const typed = end < 0 ? args : args.slice(0, end);
    return super.parseOptions([...typed.flatMap((word) => this.mended(word)), ...(end < 0 ? [] : args.slice(end))]);
  }

  private mended(word: string): string[] {
    const [, name = '', value = ''] = /^(-[A-Za-z]|--[a-z-]+)=(.*)$/s.exec(word) ?? [];
    if (this.switches.has(name) && (value === 'true' || value === 'false')) return value === 'true' ? [name] : [];
    return name.length === 2 ? [name, value] : [word];
  }
}

function describe<Input extends z.ZodObject>(definition: CommandDefinition<Input>): Command {
  const name = definition.name.split(' ').at(-1) ?? definition.name;
  const command = definition.passThrough === undefined ? new KubectlCommand(name, definition.options) : new Command(name);
  command
    .summary(definition.summary)
    .description([definition.summary, definition.description].filter(Boolean).join('\n\n'))
    .helpOption('-h, --help', helpMeaning)
    // What stands behind a further word (`create job`) is that command's own.
    .enablePositionalOptions();
  for (const [field, meaning] of Object.entries(definition.arguments)) {
    command.argument(isRequired(definition.input, field) ? `<${kebab(field)}>` : `[${kebab(field)}]`, meaning);
  }
  if (definition.rest !== undefined) {
    const [field, meaning] = definition.rest;
    command.argument(isRequired(definition.input, field) ? `<${kebab(field)}...>` : `[${kebab(field)}...]`, meaning);
  }
  for (const [field, option] of Object.entries(definition.options)) command.addOption(optionOf(field, option));
  if (definition.passThrough !== undefined) {
    command.argument(`[${definition.passThrough}...]`).helpOption(false).allowUnknownOption().passThroughOptions();
  }
  return command.addHelpText('after', exampleText(definition.examples));
}

function optionOf(field: string, { short, value, repeatable, description }: OptionDescriptor): Option {
  const long = `--${kebab(field)}${value === undefined ? '' : ` <${value}>`}`;
  const option = new Option(short === undefined ? long : `-${short}, ${long}`, description);
  return repeatable ? option.argParser((next, previous: string[] | undefined) => [...(previous ?? []), next]) : option;
}

/** Commander gives `--no-headers` as `headers: false`; the field is called `noHeaders`. */
function optionsOf({ options }: { options: object }, typed: Record<string, unknown>): Record<string, unknown> {
  const negated = Object.keys(options).filter((field) => /^no[A-Z]/.test(field) && typed[field.charAt(2).toLowerCase() + field.slice(3)] === false);
  return { ...typed, ...Object.fromEntries(negated.map((field) => [field, true])) };
}

function isRequired(input: z.ZodObject, field: string): boolean {
  return input.shape[field]?.safeParse(undefined).success === false;
}

function argumentsOf(
  definition: { arguments: object; passThrough?: string; rest?: readonly [string, string] },
  typed: readonly string[],
): Record<string, unknown> {
  if (definition.passThrough !== undefined) return { [definition.passThrough]: typed };
  const fields = Object.keys(definition.arguments);
  const rest = definition.rest === undefined ? {} : { [definition.rest[0]]: typed.slice(fields.length) };
  return { ...Object.fromEntries(fields.map((field, i) => [field, typed[i]])), ...rest };
}

function exampleText(examples: readonly (readonly [string, string])[]): string {
  if (examples.length === 0) return '';
  const width = Math.max(...examples.map(([line]) => `qd ${line}`.length));
  return ['', 'Examples:', ...examples.map(([line, meaning]) => `  ${`qd ${line}`.padEnd(width)}  ${meaning}`)].join('\n');
}

function validate<Input extends z.ZodObject>(definition: CommandDefinition<Input>, typed: Record<string, unknown>): z.output<Input> {
  const parsed = definition.input.safeParse(typed);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const field = String(first?.path[0] ?? '');
  const place = field in definition.options ? `--${kebab(field)}` : kebab(field);
  const message = first?.code === 'invalid_value' ? `must be one of ${first.values.join(', ')}` : (first?.message ?? 'is not valid');
  throw new AppError('VALIDATION_ERROR', `${place} ${message}.`.trim(), { hint: `See \`qd ${definition.name} --help\`.`, details: { field } });
}

function kebab(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
