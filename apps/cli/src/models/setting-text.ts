import { type ModelSettingsFile, type SettingProblem, type SourcedSetting, sourcedSettings } from '@quarterdeck/assistant';
import * as z from 'zod';
import type { CommandContext } from '../context.ts';
import { logOptions } from '../log/log-options.ts';
import { textTable } from '../output/text-table.ts';

const openVariables: ReadonlySet<string> = new Set([
  ...logOptions.map(({ variable }) => variable),
  ...['STATE', 'CACHE', 'URL', 'MODE', 'PRODUCTION', 'PROTECTED_NAMESPACES', 'RUNBOOKS', 'KEY_FILE'].map((name) => `QUARTERDECK_${name}`),
]);

/** What is set on this machine, with where it comes from. */
export async function sourcedHere(file: ModelSettingsFile, context: Pick<CommandContext, 'environment' | 'flags'>): Promise<SourcedSetting[]> {
  const settings = await file.read();
  const written = z.looseObject({}).parse(JSON.parse((await file.text()) ?? '{}'));
  return [...sourcedSettings(settings, written, context.environment), ...variablesHere(context)];
}

/** The variables of qd, and the options that go before them. What may be secret is told without its value. */
function variablesHere({ environment, flags = {} }: Pick<CommandContext, 'environment' | 'flags'>): SourcedSetting[] {
  const ofOptions = logOptions.flatMap(({ option, variable }) =>
    flags[option] === undefined ? [] : [{ field: variable, value: flags[option], source: option }],
  );
  const ofVariables = Object.entries(environment).flatMap(([field, value]) => {
    if (!field.startsWith('QUARTERDECK_') || !value || ofOptions.some((one) => one.field === field)) return [];
    return [{ field, value: openVariables.has(field) ? value : '(set)', source: 'environment' }];
  });
  return [...ofOptions, ...ofVariables];
}

export function settingTable(settings: readonly SourcedSetting[]): string {
  return textTable([['FIELD', 'VALUE', 'SOURCE'], ...settings.map(({ field, value, source }) => [field, settingText(value), source])]);
}

export function problemLines(problems: readonly SettingProblem[]): string {
  return problems.map(({ field, message }) => `${field === '' ? 'The file' : field} ${message}\n`).join('');
}

/** As `qd config set` takes it. */
export function settingText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
