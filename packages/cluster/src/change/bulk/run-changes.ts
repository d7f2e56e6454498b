import { type ActLog, type BulkPreview, type BulkResult, type Change, type ErrorBody, errorBody, toAppError } from '@quarterdeck/contract';
import { apiOf } from '../../access/api-of.ts';
import { objectPath } from '../../access/resource-path.ts';
import { ConcurrencyLimit } from '../../transport/concurrency-limit.ts';
import { applyChange } from '../apply-change.ts';
import { previewChange } from '../preview-change.ts';
import { type ChangeAccess, kindFor } from '../resolve-change.ts';
import { readRaw } from '../send-change.ts';
import { deletionOrder, ownerAmong, type Planned } from './deletion-order.ts';
import { previewUntried } from './preview-untried.ts';

/** More at once would be felt by the API server. */
const atOnce = 8;

type ResultItem = BulkResult['items'][number];

export interface BulkOptions {
  dryRun?: boolean;
  /** Told each outcome when it is there. */
  onResult?(index: number, item: ResultItem): void;
  /** Where each of them is written down. */
  acts: ActLog;
  signal: AbortSignal;
}

/** A preview of each change, in the order given; what can't be previewed says why. */
export async function previewChanges(access: ChangeAccess, changes: readonly Change[], signal: AbortSignal): Promise<BulkPreview> {
  const limit = new ConcurrencyLimit(atOnce);
  const items = await Promise.all(
    changes.map(async (change): Promise<BulkPreview['items'][number]> => {
      const { target } = change;
      try {
        return { target, outcome: 'previewed', preview: await limit.run(signal, () => previewChange(access, change, signal)) };
      } catch (thrown) {
        signal.throwIfAborted();
        const untried = await previewUntried(access, change, changes, signal).catch(() => null);
        return untried === null ? { target, outcome: 'failed', error: errorOf(thrown) } : { target, outcome: 'previewed', preview: untried };
      }
    }),
  );
  return { items };
}

/**
 * Makes many changes. One that fails stops no other; when the signal aborts, those that wait are skipped and those that
 * were sent are told. Deletions come in the order of `deletionOrder`, and what is deleted with its owner is not sent.
 */
export async function applyChanges(access: ChangeAccess, changes: readonly Change[], options: BulkOptions): Promise<BulkResult> {
  apiOf(access);
  const planned = changes.map((change, index): Planned => ({ change, index, live: null }));
  const looked = changes.some(({ verb }) => verb === 'delete') && changes.length > 1 ? await lookAtDeletions(access, planned, options.signal) : planned;
  const items: ResultItem[] = [];
  const keep = (index: number, item: ResultItem) => {
    items[index] = item;
    options.onResult?.(index, item);
  };
  const limit = new ConcurrencyLimit(atOnce);
  for (const group of groups(deletionOrder(looked), looked)) {
    await Promise.all(
      group.map(async (entry) => keep(entry.index, skippedWithOwner(entry, looked, items) ?? (await outcomeOf(access, entry, limit, options)))),
    );
  }
  return { items };
}

/** Applies are sent one after the other: a namespace must be there before what lives in it. */
function groups(ordered: readonly Planned[], all: readonly Planned[]): Planned[][] {
  const sequential = ordered.some(({ change }) => ['apply', 'create', 'replace'].includes(change.verb));
  if (sequential) return ordered.map((entry) => [entry]);
  const owned = ordered.filter((entry) => ownerAmong(entry, all) !== null);
  const free = ordered.filter((entry) => !owned.includes(entry));
  return [free, ...owned.map((entry) => [entry])];
}

async function outcomeOf(access: ChangeAccess, { change, live }: Planned, limit: ConcurrencyLimit, options: BulkOptions): Promise<ResultItem> {
  const { dryRun = false, acts, signal } = options;
  const { target } = change;
  if (signal.aborted) return { target, outcome: 'skipped', reason: 'The run was cancelled before its turn.' };
  try {
    return { target, outcome: 'done', result: await limit.run(signal, () => applyChange(access, change, { dryRun, acts, signal })) };
  } catch (thrown) {
    const error = errorOf(thrown);
    // It was there a moment ago: what owned it took it along.
    if (change.verb === 'delete' && live !== null && error.code === 'NOT_FOUND') return { target, outcome: 'skipped', reason: 'It was gone already.' };
    return { target, outcome: 'failed', error };
  }
}

function skippedWithOwner(entry: Planned, planned: readonly Planned[], items: readonly ResultItem[]): ResultItem | null {
  const owner = ownerAmong(entry, planned);
  const orphans = owner?.change.verb === 'delete' && owner.change.propagation === 'orphan';
  if (owner === null || orphans || entry.change.verb !== 'delete' || items[owner.index]?.outcome !== 'done') return null;
  return { target: entry.change.target, outcome: 'skipped', reason: `It is deleted together with ${owner.change.target.kind} ${owner.change.target.name}.` };
}

/** Who owns whom is in the objects. One that can't be read is deleted all the same, in the order given. */
async function lookAtDeletions(access: ChangeAccess, planned: readonly Planned[], signal: AbortSignal): Promise<Planned[]> {
  const limit = new ConcurrencyLimit(atOnce);
  return Promise.all(
    planned.map(async (entry) =>
      entry.change.verb === 'delete' ? { ...entry, live: await limit.run(signal, () => look(access, entry.change, signal)) } : entry,
    ),
  );
}

async function look(access: ChangeAccess, { target }: Change, signal: AbortSignal): Promise<Planned['live']> {
  try {
    const kind = kindFor(await access.kinds(signal), target);
    const { namespace, name } = target;
    return await readRaw(apiOf(access), objectPath(kind, namespace, name), { resource: kind.plural, namespace, name }, signal);
  } catch {
    signal.throwIfAborted();
    return null; // The deletion itself will say what is wrong.
  }
}

function errorOf(thrown: unknown): Omit<ErrorBody, 'requestId'> {
  const { requestId: _none, ...error } = errorBody(toAppError(thrown), '');
  return error;
}
