import { toAppError } from '@quarterdeck/contract';
import type { CatalogueEntry } from '@quarterdeck/diagnosis';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { findTopic, type Topic } from '../explain/find-topic.ts';
import { kindMeanings } from '../explain/kinds.ts';
import type { Reason } from '../explain/reasons.ts';
import { bullets, code, inText } from '../markdown.ts';
import { fieldExplanation, resourceList } from '../tool-results.ts';
import type { Question, Vocabulary } from '../understand/question.ts';

const mostFields = 30;

/** Null where nothing is known of the topic: then the question needs a model. */
export function explain({ topic }: Extract<Question, { intent: 'explain' }>, kinds: Vocabulary['kinds'], asking: Asking): Answer | null {
  const found = findTopic(topic, kinds);
  return found === null ? null : explanation(found, kinds, asking);
}

async function* explanation(topic: Topic, kinds: Vocabulary['kinds'], asking: Asking): Answer {
  switch (topic.type) {
    case 'check':
      yield say(checkText(topic.entry));
      break;
    case 'reason':
      yield* reason(topic.reason, asking);
      break;
    case 'exitCode':
      yield say(`**Exit code ${topic.code}.** ${topic.meaning}`);
      break;
    case 'term':
      yield say(`**${topic.term}**: ${topic.meaning}`);
      break;
    case 'field':
      yield* field(topic, kinds, asking);
  }
  return nothingPointed;
}

function checkText({ code: name, title, documentation, silentWhen, origin, kinds, mechanisms }: CatalogueEntry): string {
  const ends = mechanisms.map(({ id, hasRemedy }) => `${code(id)}${hasRemedy ? ' (with a plan)' : ''}`);
  const parts = [
    `**${title}** (${code(name)}, ${origin === 'lint' ? 'advice of `qd lint`' : 'a finding of `qd issues`'}, looks at ${kinds.slice(0, 6).join(', ')}).`,
    documentation,
    silentWhen === '' ? '' : `It is silent: ${silentWhen}`,
    ends.length === 0 ? '' : `What it may end in: ${ends.join(', ')}.`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

async function* reason({ name, meaning, usually, look, filter }: Reason, asking: Asking): Answer<void> {
  yield say(`**${name}.** ${meaning}\n\n**Usually:** ${usually}\n\n**Where to look:** ${look}`);
  if (filter === undefined) return;
  const found = yield* callTool(asking, 'list_resources', { kind: 'Pod', filter, limit: 5 }, resourceList);
  if (found.total === 0) return yield say('No pod of this cluster is in that state now.');
  const names = found.items.map(({ namespace, name: pod }) => code(`${namespace}/${pod}`));
  yield say(
    `In this cluster now: ${found.total} ${found.total === 1 ? 'pod' : 'pods'} (${names.join(', ')}${found.total > names.length ? ', …' : ''}). Ask why about one of them.`,
  );
}

async function* field({ kind, path }: Extract<Topic, { type: 'field' }>, kinds: Vocabulary['kinds'], asking: Asking): Answer<void> {
  const served = kinds.find((each) => each.kind === kind);
  try {
    const found = yield* callTool(asking, 'explain_field', { kind: served?.kind ?? kind, path }, fieldExplanation);
    const fields = found.fields.map(
      ({ name, type, required, description }) => `${code(name)} (${type}${required ? ', required' : ''}) ${firstSentence(description)}`,
    );
    yield say(`**${code(found.path)}** (${found.apiVersion}, ${found.type}${found.required ? ', required' : ''}). ${inText(found.description)}`);
    if (found.values.length > 0) yield say(`Values: ${found.values.map(code).join(', ')}.`);
    if (fields.length > 0) yield say(`Fields:\n\n${bullets(fields.slice(0, mostFields))}`);
  } catch (thrown) {
    const { code: failure, message, hint } = toAppError(thrown);
    const known = kindMeanings[kind];
    if (failure !== 'READ_ONLY' && failure !== 'NOT_FOUND') throw thrown;
    if (known !== undefined && path === '') return yield say(`**${kind}**: ${known}\n\nIts fields are described by a cluster that is connected live.`);
    yield say(`${known === undefined ? '' : `${known} `}The cluster's own description can't be read: ${inText(message)} ${inText(hint ?? '')}`);
  }
}

function firstSentence(text: string): string {
  return inText(text).split(/(?<=\.) /)[0] ?? '';
}
