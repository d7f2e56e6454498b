import type { ResourceKind } from '@quarterdeck/contract';
import { pluralOf } from '@quarterdeck/contract';
import { anyWorkload } from '../understand/kind-words.ts';
import { findMentions, type Mentions } from '../understand/mentions.ts';
import type { NamedObject, Since, Vocabulary } from '../understand/question.ts';
import { findTime } from '../understand/times.ts';
import { tokensOf } from '../understand/tokens.ts';

/** In which a sentence stands for a command. */
export interface CommandCircumstances {
  vocabulary: Vocabulary;
  /** That of the context: commands are about it where nothing else is said. */
  namespace: string;
  /** Epoch milliseconds. */
  now: number;
}

/** A sentence in place of arguments. */
export interface Wording extends Mentions {
  /** As it was written. */
  sentence: string;
  since: Since | null;
  circumstances: CommandCircumstances;
}

/** A command line of qd, or why there is none; `changes`: it changes the cluster. */
export type UnderstoodCommand = { args: string[]; changes: boolean } | Refusal;

export interface Refusal {
  refused: string;
  /** Command lines and names to try. */
  suggestions: string[];
}

/** The words after the verb, with what they name; the verb said once more, courtesies and articles at the beginning are left out. */
export function wordingOf(verb: string, sentence: string, circumstances: CommandCircumstances): Wording {
  const said = new RegExp(String.raw`^(?:please |can you |could you |i want to |just )*(?:${spoken[verb] ?? verb})\b *`, 'i');
  const kept = sentence
    .trim()
    .replace(said, '')
    .replace(/[.!?]+$/, '')
    .replace(/,? please$/i, '');
  const mentions = findMentions(tokensOf(kept), circumstances.vocabulary, null);
  const { since, rest } = findTime(mentions.shape, circumstances.now);
  const open = mentions.allNamespaces ? rest.replace(/ ?\b(?:in|across|from|of|over)$/, '') : rest;
  const shape = open
    .replace(/^(?:me |us |please )+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return { ...mentions, shape, since, sentence: kept, circumstances };
}

/** What people say for a verb. */
const spoken: Readonly<Record<string, string>> = {
  get: 'get|show|list|display|give|find|which|what|fetch',
  describe: 'describe|show|details of|tell me about',
  logs: 'logs? (?:of|from|for)|logs?|show|get|tail|print',
  events: 'show|list|get|events? (?:of|from|for)',
  top: 'show|top',
  delete: 'delete|remove|kill|destroy',
  scale: 'scale',
  cordon: 'cordon',
  uncordon: 'uncordon',
  drain: 'drain|empty',
  wait: 'wait (?:until|for|till)|until|wait',
  'port-forward': 'port-?forward|forward',
  explain: 'explain|what is|what are',
};

export function refused(reason: string, ...suggestions: string[]): Refusal {
  return { refused: reason, suggestions };
}

/** `-n shop`, `-A`, or nothing where it is the context's. */
export function scopeArgs({ namespace, allNamespaces, circumstances }: Wording): string[] {
  if (allNamespaces) return ['-A'];
  return namespace === null || namespace === circumstances.namespace ? [] : ['-n', namespace];
}

export function placeArgs({ namespace }: NamedObject, { circumstances }: Wording): string[] {
  return namespace === null || namespace === circumstances.namespace ? [] : ['-n', namespace];
}

/** `deployment/web`. */
export function named({ kind, name }: NamedObject): string {
  return `${kind.toLowerCase()}/${name}`;
}

export function pluralIn({ kinds }: { kinds: readonly Pick<ResourceKind, 'kind' | 'plural'>[] }, kind: string): string {
  if (kind === anyWorkload) return 'deployments,statefulsets,daemonsets,cronjobs,jobs';
  return kinds.find((each) => each.kind === kind)?.plural ?? pluralOf(kind);
}

/** `90s`, `15m`, `2h`, `3d`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  for (const [unit, length] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds % length === 0) return `${seconds / length}${unit}`;
  }
  return `${seconds}s`;
}

/** Words that are neither of the language nor of the cluster make a sentence one that is not understood. */
export function unknownWords({ unknown, subject }: Wording): Refusal | null {
  const [word] = unknown;
  if (word === undefined) return null;
  const near = subject?.near ?? [];
  return refused(`Nothing here is called "${word}".`, ...near.map((name) => `Did you mean ${name}?`));
}
