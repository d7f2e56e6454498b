import { AppError, toAppError } from '@quarterdeck/contract';
import { nearestNames } from '@quarterdeck/diagnosis';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { ResourcePrices } from '../sizing/size-cost.ts';
import type { Focus, OfflineEvent } from '../sources/context-source.ts';
import type { AssistantTool } from '../tools/assistant-tool.ts';
import { nowOf } from '../tools/list-resources.ts';
import { advise } from './answers/advice.ts';
import { certificates } from './answers/certificates.ts';
import { changes } from './answers/changes.ts';
import { controlPlane } from './answers/control-plane.ts';
import { describe } from './answers/describe.ts';
import { events } from './answers/events.ts';
import { explain } from './answers/explain.ts';
import { howTo } from './answers/how-to.ts';
import { images } from './answers/images.ts';
import { fix, openIssues } from './answers/issues.ts';
import { list } from './answers/list.ts';
import { logs } from './answers/logs.ts';
import { onset } from './answers/onset.ts';
import { abilities, examplesFrom, helm, overview } from './answers/overview.ts';
import { related } from './answers/related.ts';
import { sizing } from './answers/sizing.ts';
import { unknownNamespace } from './answers/unknown-name.ts';
import { usage } from './answers/usage.ts';
import { why } from './answers/why.ts';
import { writtenDown } from './answers/written-down.ts';
import type { Answer, Asking } from './asking.ts';
import { say } from './asking.ts';
import { bullets, inText } from './markdown.ts';
import { said } from './said.ts';
import type { Question, Vocabulary } from './understand/question.ts';
import { understand } from './understand/understand.ts';
import { vocabularyOf } from './vocabulary.ts';

export interface OfflineDependencies {
  cluster: AskedCluster;
  /** Those of the same cluster: all that is read for an answer is read through them. */
  tools: readonly AssistantTool[];
  knowledge?: Knowledge | null;
  /** What capacity costs here; left out where nobody can set it. */
  resourcePrices?: () => Promise<ResourcePrices | null>;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** Answers without a language model, from the engine and the cluster. */
export interface Offline {
  /** Null for a question that needs a model. The events end with the answer; a failure is told in it, only CANCELLED is thrown. */
  answer(question: string, focus: Focus, signal: AbortSignal): Promise<AsyncIterable<OfflineEvent> | null>;
  /** For where there is no model: that the question needs one, and what can be asked instead. */
  decline(signal: AbortSignal): AsyncIterable<OfflineEvent>;
}

export function createOffline({ cluster, tools, knowledge = null, resourcePrices = async () => null, now: clock = Date.now }: OfflineDependencies): Offline {
  const now = () => nowOf(cluster, clock);
  return {
    async answer(text, focus, signal) {
      const vocabulary = await vocabularyOf(cluster, signal);
      const question = understand(text, { vocabulary, focus, now: now() });
      const asking: Asking = { cluster, tools, knowledge, resourcePrices, focus, now, clock, signal };
      const answer = (await missingNamespace(question, vocabulary, asking)) ?? answerTo(question, vocabulary, asking);
      return answer === null ? null : told(text, question, answer, asking);
    },
    async *decline(signal) {
      const vocabulary = await vocabularyOf(cluster, signal);
      yield { type: 'understood', text: 'A question that needs a language model, and none is set up.' };
      yield say(
        `That needs a language model: I answer without one what the cluster itself can tell. \`qd model list\` shows how to set one up. What I can answer:\n\n${bullets(examplesFrom(vocabulary).map((example) => `"${example}"`))}`,
      );
    },
  };
}

async function* told(text: string, question: Question, answer: Answer, { focus, signal }: Asking): AsyncGenerator<OfflineEvent> {
  yield { type: 'understood', text: said(question) };
  try {
    const { object, issueId } = yield* answer;
    yield { type: 'focus', focus: { ...focus, object: object ?? focus.object, issueId: issueId ?? (object === null ? focus.issueId : null), before: text } };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (signal.aborted) throw new AppError('CANCELLED', 'The question was cancelled.', { cause: thrown });
    yield say(`I could not find that out: ${inText(error.message)}${error.hint === undefined ? '' : ` ${inText(error.hint)}`}`);
  }
}

/** Null where the namespace that a question is bound to is there, cannot be known, or plays no part. */
async function missingNamespace(question: Question, { namespaces }: Vocabulary, { cluster, signal }: Asking): Promise<Answer | null> {
  const { namespace } = question;
  const isAboutObject = 'subject' in question && question.subject !== null && question.subject.matches.length > 0;
  if (namespace === null || isAboutObject || placeless.has(question.intent)) return null;
  const { view } = await cluster.checked(signal);
  if (!view.isMissing({ apiVersion: 'v1', kind: 'Namespace', namespace: null, name: namespace })) return null;
  return unknownNamespace(namespace, nearestNames(namespace, namespaces), namespaces);
}

const placeless: ReadonlySet<Question['intent']> = new Set(['explain', 'howTo', 'knowledge', 'abilities', 'needsModel', 'controlPlane']);

function answerTo(question: Question, vocabulary: Vocabulary, asking: Asking): Answer | null {
  switch (question.intent) {
    case 'why':
      return why(question, asking);
    case 'issues':
      return openIssues(question, asking);
    case 'fix':
      return fix(question, asking);
    case 'changes':
      return changes(question, asking);
    case 'list':
    case 'count':
      return list(question, asking);
    case 'top':
      return usage(question, asking);
    case 'logs':
      return logs(question, asking);
    case 'events':
      return events(question, asking);
    case 'describe':
      return describe(question, asking);
    case 'neighbours':
      return related(question, asking);
    case 'advise':
      return advise(question, asking);
    case 'onset':
      return onset(question, asking);
    case 'images':
      return images(question, asking);
    case 'certificates':
      return certificates(question, asking);
    case 'controlPlane':
      return controlPlane(asking);
    case 'size':
      return sizing(question, asking);
    case 'explain':
      return explain(question, vocabulary.kinds, asking);
    case 'howTo':
      return howTo(question);
    case 'knowledge':
      return writtenDown(question, asking);
    case 'helm':
      return helm(question, asking);
    case 'overview':
      return overview(question, asking);
    case 'abilities':
      return abilities(vocabulary);
    case 'needsModel':
      return null;
  }
}
