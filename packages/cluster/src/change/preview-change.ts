import {
  AppError,
  type Change,
  type ChangePreview,
  type ChangeRequest,
  type FieldConflict,
  type KubeObject,
  type ManagerNote,
  refLabel,
} from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import { ingestObject } from '../access/ingest.ts';
import { dangerOfChange } from '../danger/danger-of-change.ts';
import type { Transport } from '../transport/transport.ts';
import { comparable } from './diff/clean-object.ts';
import { objectDiff } from './diff/object-diff.ts';
import { impactOf } from './impact.ts';
import { autoscalersOf } from './owners/autoscalers.ts';
import { fieldConflicts } from './owners/field-conflicts.ts';
import { managedBy } from './owners/managed-by.ts';
import { asDryRun, requestOf } from './request-of.ts';
import { type ChangeAccess, type ResolvedChange, resolveChange } from './resolve-change.ts';
import { type Sent, sendChange } from './send-change.ts';

/** A change that the API server has tried: it did it up to the point where it would be kept. */
export interface TriedChange extends ResolvedChange {
  request: ChangeRequest;
  /** As the server keeps it, Secrets with their values. */
  sent: Sent;
  conflicts: FieldConflict[];
}

/**
 * What a change would do: the API server does it up to the point where it would be kept. Conflicts over fields are part
 * of the answer; every other refusal is thrown in the server's words.
 */
export async function previewChange(access: ChangeAccess, asked: Change, signal: AbortSignal): Promise<ChangePreview> {
  return previewOf(access, await tryChange(access, asked, signal), signal);
}

export async function tryChange(access: ChangeAccess, asked: Change, signal: AbortSignal): Promise<TriedChange> {
  const resolved = await resolveChange(access, asked, { always: true, signal });
  return { ...resolved, request: requestOf(resolved.change, resolved.facts), ...(await dryRun(apiOf(access), resolved, signal)) };
}

/** What people are shown of it. */
export async function previewOf(access: ChangeAccess, tried: TriedChange, signal: AbortSignal): Promise<ChangePreview> {
  const { change, live, request, sent, conflicts } = tried;
  const old = change.verb === 'trigger' ? null : live;
  const now = change.verb === 'delete' || change.verb === 'evict' ? null : sent.object;
  const keepStatus = change.verb === 'patch' && change.subresource !== undefined;
  const [before, after] = comparable(old, now, { keepStatus });
  const { body: _body, ...told } = request;
  const diff = objectDiff(before, after, refLabel(change.target));
  const rescaled = diff.fields.some(({ path }) => path === '.spec.replicas');
  return {
    change,
    request: told,
    before: before && { ...before },
    after: after && { ...after },
    resourceVersion: old?.metadata.resourceVersion ?? null,
    diff,
    warnings: sent.warnings,
    conflicts,
    managedBy: [...ownManagers(change, old), ...(rescaled ? await autoscalersOf(access, change.target, signal) : [])],
    impact: impactOf(change, before, after),
    danger: dangerOfChange(request),
  };
}

async function dryRun(api: Transport, { change, facts, live }: ResolvedChange, signal: AbortSignal): Promise<{ sent: Sent; conflicts: FieldConflict[] }> {
  try {
    return { sent: await sendChange(api, asDryRun(requestOf(change, facts)), signal), conflicts: [] };
  } catch (thrown) {
    const conflicts = thrown instanceof AppError ? fieldConflicts(thrown, live?.metadata.managedFields) : [];
    if (conflicts.length === 0 || change.verb !== 'apply') throw thrown;
    // What it would be, were the fields taken over: only then can somebody decide whether they should be.
    return { sent: await sendChange(api, asDryRun(requestOf({ ...change, force: true }, facts)), signal), conflicts };
  }
}

/** The Scale, through which replicas are read, carries no marks of its owners. */
function ownManagers(change: Change, live: KubeObject | null): ManagerNote[] {
  const object = live === null ? null : ingestObject(structuredClone(live), live);
  return object === null || change.verb === 'evict' || isPodDeletion(change) ? [] : managedBy(object);
}

/** A pod is deleted to be made anew: that its owner does so is no surprise. */
function isPodDeletion({ verb, target }: Change): boolean {
  return verb === 'delete' && target.kind === 'Pod';
}
