import type { Question, Subject } from './understand/question.ts';

/** What was understood, in a sentence. */
export function said(question: Question): string {
  return `${sentence(question)}${question.namespace === null ? '' : `, in the namespace ${question.namespace}`}.`;
}

function sentence(question: Question): string {
  switch (question.intent) {
    case 'why':
      return `Why ${named(question.subject)} is in trouble`;
    case 'issues':
      return brokenSaid(question);
    case 'fix':
      return question.subject === null ? 'How the worst issue is fixed' : `How ${named(question.subject)} is fixed`;
    case 'changes':
      return `What changed${question.subject === null ? '' : ` on ${named(question.subject)}`}${when(question.since)}`;
    case 'list':
    case 'count':
      return `${question.intent === 'list' ? 'Objects' : 'The number of objects'} of the kind ${question.kind}${condition(question.selection.words)}`;
    case 'top':
      return `What ${question.subject === null ? question.of : named(question.subject)} use of ${question.by}`;
    case 'logs':
      return logSaid(question);
    case 'events':
      return `${question.warningsOnly ? 'Warnings' : 'Events'}${question.subject === null ? '' : ` of ${named(question.subject)}`}${when(question.since)}`;
    default:
      return topical(question);
  }
}

const sides = {
  usedBy: (name: string) => `What uses ${name}`,
  uses: (name: string) => `What ${name} uses`,
  both: (name: string) => `What ${name} hangs together with`,
};

function brokenSaid({ of, severity }: Extract<Question, { intent: 'issues' }>): string {
  const among = of === null ? '' : ` among the objects of the kind ${of.kind}${condition(of.selection.words)}`;
  return `What is broken${among}${severity === null ? '' : ` (${severity} or worse)`}`;
}

function logSaid({ subject, previous, since, search }: Extract<Question, { intent: 'logs' }>): string {
  return `The log of ${named(subject)}${previous ? ', the run before' : ''}${when(since)}${search === null ? '' : `, lines with "${search}"`}`;
}

type Topical = Extract<
  Question,
  {
    intent:
      | 'describe'
      | 'neighbours'
      | 'onset'
      | 'size'
      | 'advise'
      | 'explain'
      | 'howTo'
      | 'images'
      | 'certificates'
      | 'controlPlane'
      | 'knowledge'
      | 'helm'
      | 'overview'
      | 'abilities'
      | 'needsModel';
  }
>;

function topical(question: Topical): string {
  switch (question.intent) {
    case 'advise':
      return question.check === null ? 'What could be better' : `What the check ${question.check} finds`;
    case 'explain':
      return `What "${question.topic}" means`;
    case 'howTo':
      return `${question.ordered ? 'The command to' : 'How to'} ${question.task}`;
    case 'neighbours':
      return sides[question.side](named(question.subject));
    case 'describe':
      return `How ${named(question.subject)} is`;
    case 'onset':
      return `Since when ${question.subject === null ? 'something' : named(question.subject)} is in trouble`;
    case 'size':
      return `Which size ${named(question.subject)} should have`;
    case 'images':
      return `Which images ${question.subject === null ? 'containers run' : `${named(question.subject)} runs`}`;
    case 'certificates':
      return 'Until when certificates hold';
    case 'controlPlane':
      return 'How the control plane is';
    case 'knowledge':
      return 'What people wrote down about it';
    case 'helm':
      return 'The Helm releases';
    case 'overview':
      return 'The cluster at a glance';
    case 'abilities':
      return 'What can be asked';
    case 'needsModel':
      return `A question for a language model: ${question.because}`;
  }
}

function named({ text, matches: [first] }: Subject): string {
  return first === undefined ? `"${text}"` : `${first.kind} ${first.namespace === null ? '' : `${first.namespace}/`}${first.name}`;
}

function when(since: { text: string } | null): string {
  return since === null ? '' : `, ${since.text}`;
}

function condition(words: readonly string[]): string {
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}
