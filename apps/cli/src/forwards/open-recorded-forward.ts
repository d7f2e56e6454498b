import { type ClusterAccess, forwardDraft, type OpenForward, openForward, recordAct } from '@quarterdeck/cluster';
import type { ForwardRequest } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';

/** Opens a forward, which is written down first. Throws as `openForward` does, and STORAGE_UNAVAILABLE. */
export function openRecordedForward(access: ClusterAccess, request: ForwardRequest, context: CommandContext): Promise<OpenForward> {
  const open = () => openForward(access, request, { signal: context.signal });
  return withActs(context, access.id, (acts) => recordAct(acts, forwardDraft(request), open, ({ ports }) => ({ detail: { ports } })));
}
