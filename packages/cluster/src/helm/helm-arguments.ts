import type { HelmChartSource, HelmInstall, HelmRollback, HelmTest, HelmUninstall, HelmUpgrade } from '@quarterdeck/contract';

/** What of Helm's command line differs between its versions. */
export interface HelmFlavour {
  /** 3 or 4. */
  major: number;
}

export type HelmOperation =
  | { do: 'install'; input: HelmInstall }
  | { do: 'upgrade'; input: HelmUpgrade }
  | { do: 'rollback'; input: HelmRollback }
  | { do: 'uninstall'; input: HelmUninstall }
  | { do: 'test'; input: HelmTest };

/**
 * The arguments of one operation. Everything that a person chose is behind its option with `=`, or behind `--`, so that
 * nothing of it can become an option. `valuesFile` is a file with the values; null where there are none.
 */
export function helmArguments(operation: HelmOperation, valuesFile: string | null, flavour: HelmFlavour): string[] {
  const { name, namespace, timeoutSeconds } = operation.input;
  const bounds = [`--namespace=${namespace}`, `--timeout=${timeoutSeconds}s`];
  if (operation.do === 'test') return ['test', ...bounds, '--logs', '--', name];
  const common = [...bounds, ...flag('--wait', operation.input.wait)];
  switch (operation.do) {
    case 'rollback':
      return ['rollback', ...common, ...forceFlag(operation.input, flavour), '--', name, String(operation.input.revision)];
    case 'uninstall':
      return ['uninstall', ...common, ...flag('--keep-history', operation.input.keepHistory), '--', name];
    case 'install':
      return ['install', ...common, ...chartFlags(operation.input, valuesFile, flavour), '--', name, operation.input.chart];
    case 'upgrade':
      return [
        'upgrade',
        ...common,
        ...chartFlags(operation.input, valuesFile, flavour),
        ...upgradeFlags(operation.input),
        ...forceFlag(operation.input, flavour),
        '--',
        name,
        operation.input.chart,
      ];
  }
}

/** The same operation as a question: the server checks it, nothing is kept. Secrets are in the answer. */
export function previewArguments(operation: Extract<HelmOperation, { do: 'install' | 'upgrade' }>, valuesFile: string | null, flavour: HelmFlavour): string[] {
  const question = { wait: false, rollbackOnFailure: false };
  const asked: HelmOperation =
    operation.do === 'install' ? { do: 'install', input: { ...operation.input, ...question } } : { do: 'upgrade', input: { ...operation.input, ...question } };
  return ['--dry-run=server', '--output=json', ...helmArguments(asked, valuesFile, flavour)];
}

interface ChartChoice extends HelmChartSource {
  set: readonly string[];
  createNamespace: boolean;
  rollbackOnFailure: boolean;
}

function chartFlags(
  { version, repository, set, createNamespace, rollbackOnFailure }: ChartChoice,
  valuesFile: string | null,
  { major }: HelmFlavour,
): string[] {
  return [
    ...option('--version', version),
    ...option('--repo', repository),
    ...option('--values', valuesFile ?? undefined),
    ...set.map((each) => `--set=${each}`),
    ...flag('--create-namespace', createNamespace),
    ...flag(major >= 4 ? '--rollback-on-failure' : '--atomic', rollbackOnFailure),
  ];
}

/** Helm 3 knows no conflicts: what it sets, it takes. */
function forceFlag({ forceConflicts }: { forceConflicts: boolean }, { major }: HelmFlavour): string[] {
  return flag('--force-conflicts', forceConflicts && major >= 4);
}

/** Said in so many words: Helm's own default depends on whether other values are given. */
function upgradeFlags({ base, install }: HelmUpgrade): string[] {
  return [base === 'reuse' ? '--reset-then-reuse-values' : '--reset-values', ...flag('--install', install)];
}

function flag(name: string, on: boolean): string[] {
  return on ? [name] : [];
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${name}=${value}`];
}
