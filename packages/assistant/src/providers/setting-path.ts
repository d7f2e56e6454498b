import { AppError } from '@quarterdeck/contract';
import { resourcePricesSchema } from '../sizing/size-cost.ts';
import { closestNames } from './closest-names.ts';
import { type ModelSettings, modelSettingsSchema, parseModelSettings, providerSettingsSchema } from './model-settings.ts';

/** Fields by their path: `offline`, `providers.ollama.contextWindow`, `prices.openai/gpt-5.4.input`; `\.` is a dot of a name. */
export type SettingPath = string;

/** Every field that is set, as `path` and value; lists are one value. */
export function listSettings(settings: ModelSettings): [path: SettingPath, value: unknown][] {
  const { version: _, ...fields } = settings;
  return leavesOf(fields, '');
}

/** Undefined where it is not set. Throws NOT_FOUND for a field that does not exist. */
export function settingAt(settings: ModelSettings, path: SettingPath): unknown {
  return requireField(path).reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), settings);
}

/**
 * The settings with one field changed; what was typed is read as the field wants it: a number, `true`, a list with commas.
 * Throws NOT_FOUND for a field that does not exist, VALIDATION_ERROR for a value that does not fit.
 */
export function withSetting(settings: ModelSettings, path: SettingPath, typed: string): ModelSettings {
  const keys = requireField(path);
  const readings = [jsonOf(typed), typed, typed.split(',').map((part) => part.trim())].filter((value) => value !== undefined);
  // Where none fits, the one that gets farthest says best what is wrong.
  const [best] = readings.map((value) => changed(settings, keys, value)).toSorted((a, b) => misfit(b) - misfit(a));
  return parseModelSettings(best, path);
}

/** The settings as if the field had never been set; a whole provider or price can be taken out as well. */
export function withoutSetting(settings: ModelSettings, path: SettingPath): ModelSettings {
  return parseModelSettings(changed(settings, requireField(path), undefined), path);
}

/** How deep the first thing lies that does not fit. */
function misfit(value: unknown): number {
  const parsed = modelSettingsSchema.safeParse(value);
  return parsed.success ? Number.MAX_SAFE_INTEGER : (parsed.error.issues[0]?.path.length ?? 0);
}

function leavesOf(value: unknown, path: string): [string, unknown][] {
  if (!isRecord(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : leavesOf(inner, path === '' ? key : `${path}.${key}`)));
}

/** The keys of a path. Names of models have dots of their own. */
function requireField(path: SettingPath): string[] {
  const [first = '', ...rest] = path.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'));
  requireKnown(path, first, Object.keys(modelSettingsSchema.shape));
  if (first === 'prices') {
    const last = rest.at(-1) ?? '';
    return ['input', 'output', 'cacheRead', 'cacheWrite'].includes(last) ? [first, rest.slice(0, -1).join('.'), last] : [first, rest.join('.')].filter(Boolean);
  }
  if (first === 'resourcePrices' && rest[0] !== undefined) requireKnown(path, rest[0], Object.keys(resourcePricesSchema.shape));
  const [id, field, ...more] = rest;
  if (first !== 'providers' || field === undefined) return [first, ...rest];
  requireKnown(path, field, Object.keys(providerSettingsSchema.shape));
  return [first, id ?? '', field, ...more];
}

function requireKnown(path: string, field: string, known: readonly string[]): void {
  if (known.includes(field)) return;
  const [close] = closestNames(field, known);
  throw new AppError('NOT_FOUND', `There is no setting ${path}.`, {
    hint: `${close === undefined ? '' : `Did you mean ${close}? `}There are ${known.filter((one) => one !== 'version').join(', ')}.`,
    details: { field },
  });
}

/** A copy in which the value stands at these keys, or nothing where it is undefined. */
function changed(value: unknown, [key, ...rest]: readonly string[], next: unknown): unknown {
  if (key === undefined) return next;
  const { [key]: before, ...others } = isRecord(value) ? value : {};
  const after = changed(before, rest, next);
  return after === undefined ? others : { ...others, [key]: after };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
