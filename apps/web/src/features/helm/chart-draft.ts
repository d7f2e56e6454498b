import { type HelmRelease, helmInstallSchema, helmUpgradeSchema } from '@quarterdeck/contract';
import { parse } from 'yaml';
import type * as z from 'zod';
import type { HelmOperation } from './helm-operation.ts';
import { hiddenKeys } from './release-words.ts';

export type ChartPlace = 'repository' | 'registry' | 'machine';

/** What stands in the form. */
export interface ChartDraft {
  name: string;
  namespace: string;
  place: ChartPlace;
  repository: string;
  chart: string;
  version: string;
  base: 'reset' | 'reuse';
  values: string;
  options: { createNamespace: boolean; wait: boolean; rollbackOnFailure: boolean; forceConflicts: boolean; timeoutSeconds: number };
}

/** Where values are hidden, the present ones are the base: what is not seen can't be written again. */
export function draftOf(release: HelmRelease | null, namespace: string): ChartDraft {
  const options = { createNamespace: false, wait: true, rollbackOnFailure: false, forceConflicts: false, timeoutSeconds: 300 };
  const source = { place: 'repository', repository: '', version: '' } as const;
  if (release === null) return { ...source, name: '', namespace, chart: '', base: 'reset', values: '', options };
  const hidden = hiddenKeys(readValues(release.values.user)).length > 0;
  return {
    ...source,
    name: release.name,
    namespace: release.namespace,
    chart: release.chart.name,
    // The present one: whoever changes values does not mean another chart.
    version: release.chart.version,
    base: hidden ? 'reuse' : 'reset',
    values: hidden ? '' : release.values.user,
    options,
  };
}

export type DraftResult = { operation: Extract<HelmOperation, { do: 'install' | 'upgrade' }> } | { problems: ReadonlyMap<string, string> };

/** The operation that a form describes, or what is wrong with it by field. */
export function operationOf(draft: ChartDraft, installed: boolean, words: { hiddenValues(keys: string): string }): DraftResult {
  const { place, repository, chart, version, base, values, options, ...target } = draft;
  const marks = hiddenKeys(readValues(values));
  if (marks.length > 0) return { problems: new Map([['values', words.hiddenValues(marks.join(', '))]]) };
  const source = {
    chart: chart.trim(),
    ...(version.trim() === '' || place === 'machine' ? {} : { version: version.trim() }),
    ...(place === 'repository' && repository.trim() !== '' ? { repository: repository.trim() } : {}),
  };
  if (installed) {
    const upgrade = helmUpgradeSchema.safeParse({ ...target, ...source, values, base, ...options });
    return upgrade.success ? { operation: { do: 'upgrade', input: upgrade.data } } : { problems: problemsOf(upgrade.error) };
  }
  const install = helmInstallSchema.safeParse({ ...target, ...source, values, ...options });
  return install.success ? { operation: { do: 'install', input: install.data } } : { problems: problemsOf(install.error) };
}

function problemsOf(error: z.ZodError): ReadonlyMap<string, string> {
  return new Map(error.issues.map(({ path, message }) => [String(path[0] ?? ''), message]));
}

/** Undefined for what is no YAML: Helm says what is wrong with it. */
function readValues(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
