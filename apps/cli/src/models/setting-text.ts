import { listSettings, type ModelSettings } from '@quarterdeck/assistant';
import { textTable } from '../output/text-table.ts';

export function settingLines(settings: ModelSettings): string {
  return textTable([['FIELD', 'VALUE'], ...listSettings(settings).map(([path, value]) => [path, settingText(value)])]);
}

/** As `qd config set` takes it. */
export function settingText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
