import type * as z from 'zod';
import { closestNames } from './closest-names.ts';
import { type ModelSettings, modelSettingsSchema, providerSettingsSchema, splitModelName } from './model-settings.ts';
import { providerKinds } from './registry.ts';

/** What is wrong with the text of the settings. */
export interface SettingProblem {
  /** Its path, with dots; empty for the text as a whole. */
  field: string;
  message: string;
}

/** Everything that is wrong with the text of the settings, not the first thing alone; none where it can be used. */
export function settingProblems(text: string): SettingProblem[] {
  const value = readJson(text);
  if (value instanceof SyntaxError) return [{ field: '', message: `is no JSON: ${value.message}` }];
  const parsed = modelSettingsSchema.safeParse(value);
  return parsed.success ? unknownProviders(parsed.data) : parsed.error.issues.flatMap(problemsOf);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    return thrown;
  }
}

function problemsOf(issue: z.core.$ZodIssue): SettingProblem[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') {
    const [said] = issue.code === 'invalid_key' ? issue.issues : [];
    return [{ field: path.join('.'), message: said?.message ?? issue.message }];
  }
  return issue.keys.map((key) => {
    const [close] = closestNames(key, path[0] === 'providers' ? Object.keys(providerSettingsSchema.shape) : Object.keys(modelSettingsSchema.shape));
    return { field: [...path, key].join('.'), message: `is no setting${close === undefined ? '' : `; did you mean ${close}?`}` };
  });
}

/** Models of providers that nobody set up can't be asked. */
function unknownProviders({ use, plans, providers }: ModelSettings): SettingProblem[] {
  const builtIn = providerKinds.map(({ id }) => id);
  const known = [...builtIn, ...Object.keys(providers)];
  const named = Object.entries({ use, plans }).flatMap(([field, models]) =>
    models.map((model, i) => ({ field: `${field}.${i}`, id: splitModelName(model).provider })),
  );
  const wrongModels = named.flatMap(({ field, id }) =>
    known.includes(id) ? [] : [{ field, message: `names ${id}, which is no provider${meant(id, known)}` }],
  );
  const nowhere = Object.entries(providers).flatMap(([id, { baseUrl }]) =>
    builtIn.includes(id) || baseUrl !== undefined
      ? []
      : [{ field: `providers.${id}`, message: `has no baseUrl, and is no provider that is known${meant(id, builtIn)}` }],
  );
  return [...wrongModels, ...nowhere];
}

function meant(name: string, known: readonly string[]): string {
  const [close] = closestNames(name, known);
  return close === undefined ? '' : `; did you mean ${close}?`;
}
