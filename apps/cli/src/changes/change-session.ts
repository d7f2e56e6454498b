import { applyChanges, type ClusterAccess, kubectlCommand, unrecorded, withoutValues, words } from '@quarterdeck/cluster';
import { type ActLog, AppError, type BulkResult, type Change, exitCode, groupOf, type ObjectRef } from '@quarterdeck/contract';
import { defaultNamespace } from '../cluster/default-namespace.ts';
import type { CommandContext } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';
import { errorText } from '../output/error-text.ts';
import { printable } from '../output/printable.ts';
import { structured } from '../output/structured.ts';
import type { ChangeChoice } from './change-options.ts';

/** A cluster that a command changes. */
export interface ChangeSession {
  access: ClusterAccess;
  /** Where namespaced objects are that name no namespace. */
  namespace: string;
  choice: ChangeChoice;
  context: CommandContext;
}

/** What is said of a change that is done: `scaled`, or `deleted` where the sentence depends on the object. */
export type Said = string | ((change: Change, object: Record<string, unknown> | null) => string);

/** Opens the cluster for `use` and closes it afterwards. */
export async function withCluster<T>(choice: ChangeChoice, context: CommandContext, use: (session: ChangeSession) => Promise<T>): Promise<T> {
  const access = await context.openAccess({ kubeconfig: choice.kubeconfig, context: choice.context });
  try {
    return await use({ access, namespace: choice.namespace ?? (await defaultNamespace(choice)), choice, context });
  } finally {
    await access.close();
  }
}

/** Makes the changes and says of each how it went. @returns the exit code: that of the first that failed */
export async function runChanges(session: ChangeSession, changes: readonly Change[], said: Said): Promise<number> {
  const { access, choice, context } = session;
  if (choice.showKubectl) context.err.write(kubectlLines(session, changes));
  if (choice.dryRun === 'client') {
    for (const change of changes) context.out.write(`${lineOf(change, null, said)} (dry run)\n`);
    return 0;
  }
  const run = (acts: ActLog) =>
    applyChanges(access, changes, {
      dryRun: choice.dryRun === 'server',
      acts,
      signal: context.signal,
      onResult: (index, item) => {
        const change = changes[index];
        if (change !== undefined) report(session, change, item, said);
      },
    });
  const { items } = await (choice.dryRun === 'server' ? run(unrecorded) : withActs(context, access.id, run));
  const failed = items.find(({ outcome }) => outcome === 'failed');
  if (failed?.outcome === 'failed') return exitCode[failed.error.code];
  if (items.some(({ outcome }) => outcome === 'skipped') && context.signal.aborted) return exitCode.CANCELLED;
  return 0;
}

/** For the same cluster, and without values of Secrets. */
function kubectlLines({ choice: { kubeconfig, context } }: ChangeSession, changes: readonly Change[]): string {
  const named = Object.entries({ kubeconfig, context }).flatMap(([name, value]) => (value === undefined ? [] : [` ${words([`--${name}=${value}`])}`]));
  return changes.map((change) => `${printable(`${kubectlCommand(withoutValues(change))}${named.join('')}`)}\n`).join('');
}

function report({ choice, context }: ChangeSession, change: Change, item: BulkResult['items'][number], said: Said): void {
  const { out, err, environment } = context;
  if (item.outcome === 'failed') {
    const { code, error, hint, details } = item.error;
    err.write(errorText(new AppError(code, error, { details, ...(hint === undefined ? {} : { hint }) }), environment));
    return;
  }
  if (item.outcome === 'skipped') {
    err.write(`${resourceName(change.target)}: ${printable(item.reason)}\n`);
    return;
  }
  for (const warning of item.result.warnings) err.write(`Warning: ${printable(warning)}\n`);
  const { object } = item.result;
  if (choice.output === 'name') out.write(`${resourceName(change.target, object)}\n`);
  else if (choice.output !== undefined && object !== null) out.write(`${choice.output === 'yaml' ? '---\n' : ''}${structured(object, choice.output)}`);
  else out.write(`${lineOf(change, object, said)}${choice.dryRun === 'server' ? ' (server dry run)' : ''}\n`);
}

function lineOf(change: Change, object: Record<string, unknown> | null, said: Said): string {
  return typeof said === 'string' ? `${resourceName(change.target, object)} ${said}` : said(change, object);
}

/** As kubectl names an object: `deployment.apps/web`. A name that the server chose is in the object alone. */
export function resourceName(target: ObjectRef, object: Record<string, unknown> | null = null): string {
  return `${typeName(target)}/${target.name === '' ? nameIn(object) : target.name}`;
}

export function typeName({ apiVersion, kind }: Pick<ObjectRef, 'apiVersion' | 'kind'>): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
}

function nameIn(object: Record<string, unknown> | null): string {
  const metadata = object?.metadata;
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata ? String(metadata.name) : '';
}
