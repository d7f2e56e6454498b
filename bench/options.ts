import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';

export type OptionValues = Readonly<Record<string, string>>;

/** Every option as text, defaults filled in, with `json` and `help`. Throws for what the bench does not know. */
export function readOptions(options: Bench['options'], given: readonly string[]): OptionValues {
  const defaults = new Map(Object.entries(options).map(([option, { default: usual }]) => [option, usual]));
  const values = new Map([...defaults, ['json', 'false'], ['help', 'false']]);
  const switches = ['json', 'help', ...Object.keys(options).filter((option) => options[option]?.type === 'switch')];
  const typed = [...values.keys()].map((option) => [option, { type: switches.includes(option) ? ('boolean' as const) : ('string' as const) }]);
  const parsed = parseArgs({ args: [...given], options: Object.fromEntries(typed) });
  for (const [option, value] of Object.entries(parsed.values)) values.set(option, String(value));
  return Object.fromEntries(values);
}

/** A number that is not negative. Throws otherwise. */
export function readNumber(values: OptionValues, option: string): number {
  const text = values[option] ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0) throw new Error(`--${option} is "${text}", which is no number.`);
  return value;
}

export function optionHelp({ name, summary, options }: Bench): string {
  const lines = Object.entries(options).map(([option, { default: usual, summary: meaning }]) => `  --${option.padEnd(14)} ${meaning} (${usual || 'none'})`);
  return `${[`${name}: ${summary}`, ...lines, '  --json           one JSON object in place of the tables'].join('\n')}\n`;
}
