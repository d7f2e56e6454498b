import type { ExplainedAs, Explanation } from '@quarterdeck/contract';
import { conditions } from './conditions.ts';
import { findTopic, type Topic } from './find-topic.ts';
import { kindMeanings } from './kinds.ts';
import { knownLines } from './log-lines.ts';
import { ordinaryEvents } from './ordinary-events.ts';
import { type Reason, reasons } from './reasons.ts';

/** What is known of a word or a line, without a model and without a cluster; null where nothing is. */
export function explainWord(as: ExplainedAs, what: string): Explanation | null {
  switch (as) {
    case 'text':
      return ofLine(what);
    case 'kind': {
      const meaning = kindMeanings[what];
      return meaning === undefined ? null : { title: what, meaning, usually: null, look: null };
    }
    case 'condition':
      return named(conditions, what) ?? named(reasons, what) ?? ordinary(what);
    case 'exitCode':
      return ofTopic(findTopic(`exit code ${what}`, []));
    case 'reason':
      return named(reasons, what) ?? ordinary(what) ?? named(conditions, what);
    case 'check':
    case 'term':
      return ofTopic(findTopic(what, []));
  }
}

function named(known: readonly Omit<Reason, 'filter'>[], what: string): Explanation | null {
  const wanted = what.toLowerCase();
  const found = known.find(({ name, also = [] }) => [name, ...also].some((each) => each.toLowerCase() === wanted));
  return found === undefined ? null : told(found);
}

function ordinary(what: string): Explanation | null {
  const meaning = Object.hasOwn(ordinaryEvents, what) ? ordinaryEvents[what] : undefined;
  return meaning === undefined ? null : { title: what, meaning, usually: null, look: null };
}

/** A sentence of Kubernetes names its reason itself; what programs write is known by its form. */
function ofLine(line: string): Explanation | null {
  const known = knownLines.find(({ says }) => says.test(line));
  if (known !== undefined) return told(known);
  const exit = /\bexit(?:ed)?(?: with)?(?: code| status)?[ :=]+(\d{1,3})\b/i.exec(line)?.[1];
  if (exit !== undefined) return explainWord('exitCode', exit);
  const reason = reasons.find(({ name, also = [] }) => [name, ...also].some((each) => each.length > 4 && line.toLowerCase().includes(each.toLowerCase())));
  return reason === undefined ? null : told(reason);
}

function told({ name, meaning, usually, look }: Pick<Reason, 'name' | 'meaning' | 'usually' | 'look'>): Explanation {
  return { title: name, meaning, usually, look };
}

function ofTopic(topic: Topic | null): Explanation | null {
  switch (topic?.type) {
    case undefined:
    case 'field':
      return null;
    case 'check': {
      const { title, documentation, silentWhen } = topic.entry;
      return { title, meaning: documentation, usually: null, look: silentWhen === '' ? null : `It is silent: ${silentWhen}` };
    }
    case 'reason':
      return told(topic.reason);
    case 'exitCode':
      return { title: `Exit code ${topic.code}`, meaning: topic.meaning, usually: null, look: null };
    case 'term':
      return { title: topic.term, meaning: topic.meaning, usually: null, look: null };
  }
}
