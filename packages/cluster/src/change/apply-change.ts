import type { ActLog, Change, ChangeResult, KubeObject } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import { ingestObject } from '../access/ingest.ts';
import { changeDraft, changeEnd } from '../acts/change-act.ts';
import { recordAct } from '../acts/record-act.ts';
import { asDryRun, requestOf } from './request-of.ts';
import { type ChangeAccess, type ResolvedChange, readLive, resolveChange } from './resolve-change.ts';
import { type Sent, sendChange } from './send-change.ts';

export interface ApplyOptions {
  /** Done by the API server up to the point where it would be kept. It is not written down then. */
  dryRun?: boolean;
  /** Where it is written down. */
  acts: ActLog;
  signal: AbortSignal;
}

/**
 * Makes a change, after it was written down. Throws STORAGE_UNAVAILABLE where that can't be done, and what the API server
 * refuses it with: CONFLICT, VALIDATION_ERROR, FORBIDDEN, NOT_FOUND, RATE_LIMITED.
 */
export async function applyChange(access: ChangeAccess, asked: Change, { dryRun = false, acts, signal }: ApplyOptions): Promise<ChangeResult> {
  const resolved = await resolveChange(access, asked, { always: false, signal });
  const { change, facts } = resolved;
  const request = requestOf(change, facts);
  const api = apiOf(access);
  if (dryRun) return resultOf(change, await sendChange(api, asDryRun(request), signal));
  const before = await stateBefore(api, resolved, signal);
  const send = () => sendChange(api, request, signal);
  return resultOf(change, await recordAct(acts, changeDraft(change, before), send, ({ object }) => changeEnd(change, before, object)));
}

function resultOf(change: Change, { object, warnings }: Sent): ChangeResult {
  const kept = object === null || change.verb === 'evict' ? null : ingestObject(object, object);
  return { object: kept && { ...kept }, warnings };
}

/** For the record alone: who may change and not look makes the change all the same, and no pod is asked for that goes anyway. */
async function stateBefore(api: ReturnType<typeof apiOf>, { change, facts, live }: ResolvedChange, signal: AbortSignal): Promise<KubeObject | null> {
  if (live !== null || change.verb === 'evict') return live;
  try {
    return await readLive(api, change, facts.kind, signal);
  } catch {
    signal.throwIfAborted();
    return null; // What is wrong with the target, the change itself will say.
  }
}
