import type { AssistantMemory } from '@quarterdeck/contract';
import { openAssistantStore } from '@quarterdeck/storage';
import type { CommandContext } from '../context.ts';
import { withStorage } from '../ledger/with-storage.ts';

/** The person at this terminal, as the workbench of one person knows them. */
const owner = { user: 'local', organisation: null };

/** What the assistant was told for all conversations; `change` gives what is kept from now on. */
export function withMemory(
  context: Pick<CommandContext, 'environment' | 'now'>,
  change?: (memory: AssistantMemory) => AssistantMemory,
): Promise<AssistantMemory> {
  return withStorage(context, 'guest', async ({ db }) => {
    const store = openAssistantStore(db, context.now);
    const memory = await store.memory(owner);
    if (change === undefined) return memory;
    const next = change(memory);
    await store.putMemory(owner, next);
    return next;
  });
}
