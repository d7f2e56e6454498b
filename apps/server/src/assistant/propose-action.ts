import type { AskedCluster, ProposeAction } from '@quarterdeck/assistant';
import { proposalOf, proposerOf } from '../actions/proposal-of.ts';
import type { Asker } from '../policy/seen-clusters.ts';
import type { Services } from '../routes/services.ts';

/**
 * What is proposed in a conversation becomes an action of its person, as if they had asked for the preview themselves.
 * It is tried on the cluster as the assistant has it, to which nothing but reads and dry runs pass. Null for who may not
 * propose.
 */
export function proposeAction(
  { clusters, actions }: Pick<Services, 'clusters' | 'actions'>,
  { id, access }: AskedCluster,
  asker: Asker,
  via: 'assistant' | 'mcp' = 'assistant',
): ProposeAction | null {
  if (!asker.actor.permissions.has('action.propose')) return null;
  return async (draft, signal) => {
    const proposed = await proposalOf(draft, clusters.seenBy(asker).get(id), { ...asker, signal });
    if (proposed.steps.length === 0) return null;
    return actions.desk.propose(access, { ...proposed, proposedBy: { ...proposerOf(asker), via } }, signal);
  };
}
