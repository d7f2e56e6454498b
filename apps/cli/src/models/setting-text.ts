import { type ModelSettingsFile, type SettingProblem, type SourcedSetting, sourcedSettings } from '@quarterdeck/assistant';
import * as z from 'zod';
import type { CommandContext } from '../context.ts';
import { textTable } from '../output/text-table.ts';

/** What is set on this machine, with where it comes from. */
export async function sourcedHere(file: ModelSettingsFile, environment: CommandContext['environment']): Promise<SourcedSetting[]> {
  const settings = await file.read();
  const written = z.looseObject({}).parse(JSON.parse((await file.text()) ?? '{}'));
  return sourcedSettings(settings, written, environment);
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
