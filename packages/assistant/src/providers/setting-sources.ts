import { urlOfEnvironment, urlVariables } from './environment-url.ts';
import type { ModelSettings } from './model-settings.ts';
import { listSettings, type SettingPath } from './setting-path.ts';

/** A setting as it holds, and where it comes from. */
export interface SourcedSetting {
  field: SettingPath;
  value: unknown;
  /** `file`, `default`, or the name of a variable. */
  source: string;
}

/** Every setting with its source. What is written in the file goes before what the environment says. */
export function sourcedSettings(settings: ModelSettings, written: object, environment: Readonly<Record<string, string | undefined>>): SourcedSetting[] {
  const inFile = new Set(Object.keys(written));
  const listed = listSettings(settings).map(([field, value]) => ({ field, value, source: inFile.has(field.split('.')[0] ?? '') ? 'file' : 'default' }));
  const addresses = Object.entries(urlVariables).flatMap(([id, variable]) => {
    const value = settings.providers[id]?.baseUrl === undefined ? urlOfEnvironment(id, environment) : null;
    return value === null ? [] : [{ field: `providers.${id}.baseUrl`, value, source: variable }];
  });
  return [...listed, ...addresses];
}
