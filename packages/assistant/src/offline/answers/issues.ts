import { planMarkdown } from '@quarterdeck/contract';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { bullets, code, inText, label } from '../markdown.ts';
import { issueList, type ListedIssue, plan } from '../tool-results.ts';
import type { Question, Subject } from '../understand/question.ts';
import { issuesOf } from './issues-of.ts';
import { unknownName } from './unknown-name.ts';

const mostListed = 15;

/** What is broken now, worst first. */
export async function* openIssues({ namespace, severity }: Extract<Question, { intent: 'issues' }>, asking: Asking): Answer {
  const input = { ...(namespace === null ? {} : { namespace }), ...(severity === null ? {} : { severity }) };
  const { issues, coverage } = yield* callTool(asking, 'list_issues', input, issueList);
  const where = namespace === null ? 'in the cluster' : `in the namespace ${code(namespace)}`;
  if (issues.length === 0) yield say(`Nothing is broken ${where}${severity === null ? '' : ` that is ${severity} or worse`}.`);
  else
    yield say(`${issues.length === 1 ? 'One issue' : `${issues.length} issues`} ${where}, worst first:\n\n${bullets(issues.slice(0, mostListed).map(lineOf))}`);
  if (issues.length > mostListed) yield say(`${issues.length - mostListed} more: \`qd issues\` lists all of them.`);
  if (!coverage.complete)
    yield say(`Not everything could be looked at: ${coverage.skipped.map(({ what, reason }) => `${inText(what)} (${inText(reason)})`).join(', ')}.`);
  const [first] = issues;
  return first === undefined ? nothingPointed : { object: { kind: first.kind, namespace: first.namespace, name: first.name }, issueId: first.id };
}

function lineOf({ id, severity, title, explanation, cause, confidence }: ListedIssue): string {
  const because = cause === null ? '' : ` Cause: ${label(cause)} (${confidence}).`;
  return `**${severity}** ${inText(title)}. ${inText(explanation)}${because} (${code(id)})`;
}

/** The issue of the last answer, where that is still what the question is about. */
function lookedAt(issues: readonly ListedIssue[], subject: Subject | null, { focus: { issueId, object } }: Asking): ListedIssue | undefined {
  const [asked] = subject?.matches ?? [];
  const isSame = asked === undefined || (asked.name === object?.name && asked.kind === object.kind);
  return isSame ? issues.find(({ id }) => id === issueId) : undefined;
}

/** The plan for an issue: that of what is asked about, else the one that is looked at, else the worst. */
export async function* fix({ subject, namespace }: Extract<Question, { intent: 'fix' }>, asking: Asking): Answer {
  if (subject !== null && subject.matches.length === 0) return yield* unknownName(subject, asking);
  const { issues } = yield* callTool(asking, 'list_issues', subject === null && namespace !== null ? { namespace } : {}, issueList);
  const own = subject === null ? issues : issuesOf(await asking.cluster.checked(asking.signal), subject.matches);
  const chosen = lookedAt(issues, subject, asking) ?? own[0];
  if (chosen === undefined) {
    yield say(subject === null ? 'There is nothing to fix: no issue is open.' : `There is nothing to fix: no issue touches ${code(subject.text)}.`);
    return { object: subject?.matches[0] ?? null, issueId: null };
  }
  const proposed = yield* callTool(asking, 'create_plan', { issueId: chosen.id }, plan);
  yield say(`For "${inText(chosen.title)}": nothing of this is done yet.\n\n${planMarkdown(proposed)}`);
  if (own.length > 1)
    yield say(
      `${own.length - 1} more: ${own
        .filter(({ id }) => id !== chosen.id)
        .map(({ title }) => inText(title))
        .join('; ')}.`,
    );
  return { object: { kind: chosen.kind, namespace: chosen.namespace, name: chosen.name }, issueId: chosen.id };
}
