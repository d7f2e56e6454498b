import type { Attachment } from '@quarterdeck/contract';
import type { ContextSection, ContextSource, Focus } from '../sources/context-source.ts';

/** Of what a source knows about an object, the parts that are about it alone. */
const ofObject: ReadonlySet<string> = new Set(['issue', 'status', 'manifest', 'events', 'logs']);
/** Whoever attaches something wants it read: only the issue and its logs come before it. */
const priority = 90;

/** What a person laid beside a question, as sections of what is known: sealed and cut as those are. */
export async function attachedSections(
  sources: readonly ContextSource[],
  attachments: readonly Attachment[],
  focus: Focus,
  signal: AbortSignal,
): Promise<ContextSection[]> {
  const found = await Promise.all(attachments.map((attachment, index) => sectionsOf(sources, { attachment, id: `attached-${index + 1}` }, focus, signal)));
  return found.flat();
}

async function sectionsOf(
  sources: readonly ContextSource[],
  { attachment, id }: { attachment: Attachment; id: string },
  focus: Focus,
  signal: AbortSignal,
): Promise<ContextSection[]> {
  if (attachment.type === 'text') {
    const { name, form, text } = attachment;
    return [{ id, title: `Attached: ${name}`, form, text, priority, ...(form === 'log' ? { leavesWith: ['sendLogs'] as const } : {}) }];
  }
  const about: Focus = { ...focus, object: null, issueId: null, ...focusOf(attachment) };
  const known = await Promise.all(sources.map((source) => source.summarise(about, signal)));
  return known
    .flat()
    .filter((section) => ofObject.has(section.id))
    .map((section) => ({ ...section, id: `${id}-${section.id}`, title: `Attached: ${section.title}`, priority: Math.min(section.priority, priority) }));
}

function focusOf(attachment: Exclude<Attachment, { type: 'text' }>): Pick<Focus, 'object'> | Pick<Focus, 'issueId'> {
  if (attachment.type === 'issue') return { issueId: attachment.id };
  const { kind, namespace, name } = attachment;
  return { object: { kind, namespace, name } };
}
