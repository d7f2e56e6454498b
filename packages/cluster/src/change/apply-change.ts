import { type ActLog, AppError, type Change, type ChangeRequest, type ChangeResult, type KubeObject } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import { ingestObject } from '../access/ingest.ts';
import { checkMark } from '../actions/state-mark.ts';
import { changeDraft, changeEnd } from '../acts/change-act.ts';
import { recordAct } from '../acts/record-act.ts';
import { pinnedRequest } from './pinned-request.ts';
import { asDryRun, requestOf } from './request-of.ts';
import { type ChangeAccess, type ResolvedChange, readLive, resolveChange } from './resolve-change.ts';
import { type Sent, sendChange } from './send-change.ts';

export interface ApplyOptions {
  /** Done by the API server up to the point where it would be kept. It is not written down then. */
  dryRun?: boolean;
  /** Only on this state of the target, as `stateMark` names it; null: only where it is not there. Left out: on any. */
  expecting?: string | null;
  /** Where it is written down. */
  acts: ActLog;
  signal: AbortSignal;
}

/** A controller that writes a status in between makes another version of the same state; more often than this, something is wrong. */
const attempts = 8;

/**
 * Makes a change, after it was written down. Throws STORAGE_UNAVAILABLE where that can't be done, and what the API server
 * refuses it with: CONFLICT, VALIDATION_ERROR, FORBIDDEN, NOT_FOUND, RATE_LIMITED.
 */
export async function applyChange(access: ChangeAccess, asked: Change, options: ApplyOptions): Promise<ChangeResult> {
  const { dryRun = false, expecting, acts, signal } = options;
  const resolved = await resolveChange(access, asked, { always: expecting !== undefined, signal });
  const { change, facts } = resolved;
  const request = requestOf(change, facts);
  const api = apiOf(access);
  if (dryRun) return resultOf(change, await sendChange(api, asDryRun(request), signal));
  if (expecting !== undefined) checkMark(change.target, resolved.live, expecting);
  const before = await stateBefore(api, resolved, signal);
  const send = () => {
    if (expecting !== undefined) return sendJudged(access, resolved, (state) => requestOnState(state, expecting), signal);
    return isJudged(resolved) ? sendJudged(access, resolved, (state) => requestOf(state.change, state.facts), signal) : sendChange(api, request, signal);
  };
  return resultOf(change, await recordAct(acts, changeDraft(change, before), send, ({ object }) => changeEnd(change, before, object)));
}

function requestOnState({ change, facts, live }: ResolvedChange, expecting: string | null): ChangeRequest {
  checkMark(change.target, live, expecting);
  return pinnedRequest(requestOf(change, facts), live);
}

/**
 * Sends what was judged by a state of the target, on that very version: between looking and writing nobody comes. What
 * another writer made of it meanwhile is judged again; `requestFor` throws where it may not be made of that.
 */
async function sendJudged(
  access: ChangeAccess,
  first: ResolvedChange,
  requestFor: (resolved: ResolvedChange) => ChangeRequest,
  signal: AbortSignal,
): Promise<Sent> {
  for (let resolved = first, attempt = 1; ; attempt += 1) {
    try {
      return await sendChange(apiOf(access), requestFor(resolved), signal);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'CONFLICT' || attempt === attempts) throw thrown;
      const again = await resolveChange(access, first.change, { always: true, signal });
      // The very version is still there: it was refused for something else.
      if (again.live?.metadata.resourceVersion === resolved.live?.metadata.resourceVersion) throw thrown;
      resolved = again;
    }
  }
}

/** A version that the person named is theirs to insist on; one that we looked at is looked at again. */
function isJudged({ change, facts }: ResolvedChange): boolean {
  return facts.resourceVersion !== undefined && !('resourceVersion' in change && change.resourceVersion !== undefined);
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
