import type { Focus } from '../../sources/context-source.ts';
import { limitIn, selectionOf } from './conditions.ts';
import { intents } from './intents.ts';
import { workloadKinds } from './kind-words.ts';
import { findMentions, type Mentions } from './mentions.ts';
import type { NamedObject, Question, Subject, Vocabulary } from './question.ts';
import { findTime } from './times.ts';
import { tokensOf } from './tokens.ts';

export interface Circumstances {
  vocabulary: Vocabulary;
  focus: Focus;
  /** Epoch milliseconds. */
  now: number;
}

/** What the words of a question say, before it is decided what is asked. */
export interface Reading extends Omit<Mentions, 'shape'> {
  /** As it was asked, and in lower case. */
  asked: string;
  text: string;
  /** Spelling mended; what is named stands as `@obj`, `@kind`, `@ns`, `@time`, and `@it` for what is looked at. */
  shape: string;
  since: ReturnType<typeof findTime>['since'];
  limit: number | null;
  focus: Focus;
}

/**
 * What a person asks, as far as words and the cluster's names tell it; `needsModel` where they do not. Pure: no cluster is
 * asked and the same question in the same circumstances is always understood alike.
 */
export function understand(question: string, circumstances: Circumstances): Question {
  const { focus } = circumstances;
  const reading = readingOf(question, circumstances);
  const understood = decide(reading);
  const leans = understood.intent === 'needsModel' || /^(?:and|or|what about|how about|(?:the )?same)\b/.test(reading.text);
  return leans && focus.before !== undefined ? (again(reading, circumstances) ?? understood) : understood;
}

function readingOf(question: string, { vocabulary, focus, now }: Circumstances): Reading {
  const mentions = findMentions(tokensOf(question), vocabulary, focus.namespace);
  const { since, rest } = findTime(mentions.shape, now);
  const shape = rest
    .replace(
      /^(?:please|hey|hi|hello|so|ok|okay|and|then|also|can you|could you|would you|tell me(?! about)|i want to know|i would like to know|do you know)\b (?=\S)/g,
      '',
    )
    .trim();
  const pointed =
    mentions.subject === null || mentions.subject.matches.length === 0 ? (pointedAt(shape, focus) ?? unsaid(shape, mentions, vocabulary, focus)) : null;
  const subject = pointed ?? mentions.subject;
  return {
    ...mentions,
    ...{ asked: question.trim(), text: question.trim().toLowerCase(), since, subject, limit: limitIn(shape), focus },
    shape: pointed === null ? shape : shape.replace(/\b(?:it|its|this|that|them|they|their|these|those)\b/g, '@it'),
    namespace: mentions.namespace ?? (mentions.allNamespaces ? null : focus.namespace),
  };
}

/** What `it` means, and what a bare `why?` is about: what is looked at. */
function pointedAt(shape: string, { object }: Focus): Subject | null {
  if (object === null) return null;
  const points = /\b(?:it|its|this|that|them|they|their|these|those)\b/.test(shape);
  const bare =
    /^(?:why|logs?|the logs|events?|describe|status|fix|what changed|details|how|restart|explain|yaml|show logs|changes|history)(?: @time| please| now| then)*$/.test(
      shape,
    );
  if (!points && !bare) return null;
  const match: NamedObject = { kind: object.kind, namespace: object.namespace, name: object.name };
  return { text: object.name, matches: [match], near: [] };
}

/** What \`it\` means where nothing is looked at: the workload that is in trouble. */
function unsaid(shape: string, { kind, subject }: Mentions, { troubled }: Vocabulary, { object, namespace }: Focus): Subject | null {
  if (object !== null || kind !== null || subject?.oneOfSeveral === true || !/\b(?:it|its)\b/.test(shape)) return null;
  const near = troubled.filter((each) => namespace === null || each.namespace === namespace);
  const found = near.find((each) => workloadKinds.includes(each.kind)) ?? near[0];
  return found === undefined ? null : { text: found.name, matches: [found], near: [] };
}

function decide(reading: Reading): Question {
  for (const { pattern, read } of intents) {
    const match = pattern.exec(reading.shape);
    const question = match === null ? null : read(reading, match);
    if (question !== null) return question;
  }
  return { intent: 'needsModel', namespace: reading.namespace, because: 'it is not one of the questions that are answered from the cluster alone' };
}

/** `and in staging?`, `what about the api?`: the question before, about something else. */
function again(reading: Reading, circumstances: Circumstances): Question | null {
  const { focus } = circumstances;
  const isShort =
    /^(?:(?:what|how) about|in|for|the same for|same for|now|for the)? ?(?:the )?(?:@kind )?(?:@obj|@ns|@kind|@time)(?: @kind| @ns| @time| instead| too)*$/.test(
      reading.shape,
    );
  if (!isShort || focus.before === undefined) return null;
  const { before, ...now } = focus;
  const earlier = understand(before, { ...circumstances, focus: { ...now, namespace: reading.namespace ?? focus.namespace } });
  if (earlier.intent === 'needsModel') return null;
  return withOther(earlier, reading);
}

function withOther(earlier: Question, { subject, namespace, since, kind }: Reading): Question {
  const named = subject !== null && subject.matches.length > 0 ? subject : null;
  const asked: Question = { ...earlier, namespace: namespace ?? earlier.namespace };
  if ('subject' in asked && named !== null) asked.subject = named;
  if ('since' in asked && since !== null) asked.since = since;
  if ('kind' in asked && kind !== null) {
    asked.kind = kind;
    asked.selection = selectionOf('', kind, null);
  }
  return asked;
}
