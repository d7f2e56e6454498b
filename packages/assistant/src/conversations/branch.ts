import type { ChatMessage } from '@quarterdeck/contract';

/** The messages from the first to one, in order; empty where it is not among them. */
export function branchTo(messages: readonly ChatMessage[], head: string | null): ChatMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: ChatMessage[] = [];
  for (let at = head; at !== null && branch.length <= messages.length; ) {
    const message = byId.get(at);
    if (message === undefined) break;
    branch.unshift(message);
    at = message.parent;
  }
  return branch;
}
