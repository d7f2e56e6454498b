import type { ChatMessage, Conversation, ConversationDetail } from '@quarterdeck/contract';
import { branchTo } from './branch.ts';

/** A conversation for people: the branch that is shown, with what was looked up. */
export function conversationMarkdown({ conversation, messages }: ConversationDetail): string {
  const parts = branchTo(messages, conversation.head).map(messageMarkdown);
  return `${[heading(conversation), ...parts].join('\n\n')}\n`;
}

/** All of it, every branch. */
export function conversationJson(detail: ConversationDetail): string {
  return `${JSON.stringify(detail, null, 2)}\n`;
}

function heading({ title, cluster, createdAt }: Conversation): string {
  return `# ${title}\n\n${[createdAt, cluster === null ? '' : `cluster ${cluster}`].filter((part) => part !== '').join(', ')}`;
}

function messageMarkdown({ role, text, steps, state, createdAt }: ChatMessage): string {
  if (role === 'user') return `## Question (${createdAt})\n\n${text}`;
  const looked = steps.flatMap((step) => (step.type === 'toolEnded' ? [`- ${step.tool}: ${step.summary}`] : []));
  const notes = steps.flatMap((step) => (step.type === 'note' ? [`> ${step.text}`] : []));
  const proposals = steps.flatMap((step) => (step.type === 'proposal' ? [`Proposed, not done: ${step.proposal.summary}`] : []));
  const model = steps.find((step) => step.type === 'answering');
  const by = model === undefined ? 'the engine' : `${model.provider}/${model.model}`;
  const ending = state === 'complete' ? '' : ` (${state})`;
  return [`## Answer of ${by}${ending}`, looked.join('\n'), text, ...proposals, ...notes].filter((part) => part !== '').join('\n\n');
}
