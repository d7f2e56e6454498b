import type { Change, ChangeResult } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import { ingestObject } from '../access/ingest.ts';
import { asDryRun, requestOf } from './request-of.ts';
import { type ChangeAccess, resolveChange } from './resolve-change.ts';
import { sendChange } from './send-change.ts';

export interface ApplyOptions {
  /** Done by the API server up to the point where it would be kept. */
  dryRun?: boolean;
  signal: AbortSignal;
}

/** Makes a change. Throws what the API server refuses it with: CONFLICT, VALIDATION_ERROR, FORBIDDEN, NOT_FOUND, RATE_LIMITED. */
export async function applyChange(access: ChangeAccess, asked: Change, { dryRun = false, signal }: ApplyOptions): Promise<ChangeResult> {
  const { change, facts } = await resolveChange(access, asked, { always: false, signal });
  const request = requestOf(change, facts);
  const { object, warnings } = await sendChange(apiOf(access), dryRun ? asDryRun(request) : request, signal);
  const kept = object === null || change.verb === 'evict' ? null : ingestObject(object, object);
  return { object: kept && { ...kept }, warnings };
}
