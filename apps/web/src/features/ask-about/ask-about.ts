import { type Attachment, type EventGroup, type Evidence, type Issue, longestAttachedText, mostAttachments, type ObjectRef } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import type { AskRequest } from '../assistant/use-ask.ts';

type Words = Messages['askAbout'];

/** What is asked where somebody points at something: pure, so that menus, keys and buttons ask the same. */
export function aboutObjects(objects: readonly ObjectRef[], words: Words): AskRequest {
  const [first] = objects;
  if (first === undefined) return {};
  if (objects.length === 1) return { question: words.object(first.kind, first.name), focus: focusOf(first), attachments: [attached(first)] };
  const shown = objects.slice(0, mostAttachments);
  return { question: words.several(shown.length), attachments: shown.map(attached) };
}

export function aboutIssue({ id, title, namespace }: Pick<Issue, 'id' | 'title' | 'namespace'>, words: Words): AskRequest {
  return { question: words.issue(title), focus: { issueId: id, namespace }, attachments: [{ type: 'issue', id, title: title.slice(0, 500) }] };
}

export function aboutEvidence({ text, object, source }: Evidence, issueId: string, words: Words): AskRequest {
  const form = source === 'log' ? 'log' : 'text';
  return { question: words.evidence(oneLine(text)), focus: { ...focusOf(object), issueId }, attachments: textOf(`${source}, ${object.name}`, form, text) };
}

export function aboutEvent({ reason, object, message, count }: Pick<EventGroup, 'reason' | 'object' | 'message' | 'count'>, words: Words): AskRequest {
  const { kind, name } = object;
  const text = `${reason} ×${count} ${kind} ${name}: ${message}`;
  return { question: words.event(reason, kind, name), focus: focusOf(object), attachments: textOf(`Event ${reason}`, 'text', text) };
}

/** Of several sources the pod of the first. */
export function aboutLines(lines: readonly { text: string; time: string; namespace: string; pod: string; container: string }[], words: Words): AskRequest {
  const [first] = lines;
  if (first === undefined) return {};
  const { namespace, pod, container } = first;
  const text = lines.map((line) => `${line.time} ${line.text}`).join('\n');
  const focus = { namespace, object: { kind: 'Pod', namespace, name: pod } };
  return { question: words.lines(lines.length), focus, attachments: textOf(`${pod}/${container}`, 'log', text) };
}

export function aboutYaml(text: string, name: string, words: Words): AskRequest {
  return { question: words.yaml, attachments: textOf(name, 'yaml', text) };
}

/** A command that was run in a terminal, with what it printed. */
export function aboutCommand({ command, output, failed }: { command: string; output: string; failed: boolean }, words: Words): AskRequest {
  return { question: words.terminal(failed), attachments: textOf(command.slice(0, 120) || 'terminal', 'log', `$ ${command}\n${output}`) };
}

export function aboutWord(word: string, context: { object?: ObjectRef | undefined; text?: string | undefined }, words: Words): AskRequest {
  const { object, text = '' } = context;
  return { question: words.word(oneLine(word)), ...(object === undefined ? {} : { focus: focusOf(object) }), attachments: textOf(oneLine(word), 'text', text) };
}

function focusOf({ kind, namespace, name }: ObjectRef): NonNullable<AskRequest['focus']> {
  return { namespace, object: { kind, namespace, name } };
}

function attached({ kind, namespace, name }: ObjectRef): Attachment {
  return { type: 'object', kind, namespace, name };
}

/** The end of what is too long: there it says how it ended. */
function textOf(name: string, form: 'text' | 'log' | 'yaml', text: string): Attachment[] {
  return text.trim() === '' ? [] : [{ type: 'text', name: name.slice(0, 300), form, text: text.slice(-longestAttachedText) }];
}

const longestQuoted = 200;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longestQuoted ? line : `${line.slice(0, longestQuoted)}…`;
}
