import type { ChatMessage } from '@quarterdeck/contract';

/** A message of the branch that is shown, and where it stands among those that were asked in its place. */
export interface BranchMessage {
  message: ChatMessage;
  /** Ids of the messages in its place, itself among them, the oldest first. */
  siblings: readonly string[];
}

/** The messages from the first to the head. Pure; a head that is not there shows the newest branch. */
export function branchOf(messages: readonly ChatMessage[], head: string | null): BranchMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: BranchMessage[] = [];
  let at = head !== null && byId.has(head) ? head : (messages.at(-1)?.id ?? null);
  while (at !== null && branch.length < messages.length) {
    const message = byId.get(at);
    if (message === undefined) break;
    branch.unshift({ message, siblings: siblingsOf(messages, message) });
    at = message.parent;
  }
  return branch;
}

function siblingsOf(messages: readonly ChatMessage[], { parent, role }: ChatMessage): string[] {
  return messages.filter((other) => other.parent === parent && other.role === role).map(({ id }) => id);
}

/** The end of the newest branch that goes through a message. */
export function newestBelow(messages: readonly ChatMessage[], id: string): string {
  let at = id;
  for (let step = 0; step < messages.length; step += 1) {
    const next = messages.findLast(({ parent }) => parent === at);
    if (next === undefined) break;
    at = next.id;
  }
  return at;
}
