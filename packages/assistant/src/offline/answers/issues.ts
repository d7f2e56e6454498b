import { type Coverage, type IssueDetail, planMarkdown } from '@quarterdeck/contract';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { bullets, code, inText, label } from '../markdown.ts';
import { issueList, type ListedIssue, plan, resourceList } from '../tool-results.ts';
import { anyWorkload, workloadKinds } from '../understand/kind-words.ts';
import type { Question, Selection, Subject } from '../understand/question.ts';
import { issuesOf } from './issues-of.ts';
import { list } from './list.ts';
import { unknownName } from './unknown-name.ts';

const mostListed = 15;

/** What is broken now, worst first. */
export async function* openIssues(question: Extract<Question, { intent: 'issues' }>, asking: Asking): Answer {
  const { namespace, severity, of } = question;
  if (of !== null) return yield* issuesAmong(of, question, asking);
  const input = { ...(namespace === null ? {} : { namespace }), ...(severity === null ? {} : { severity }) };
  const { issues, coverage } = yield* callTool(asking, 'list_issues', input, issueList);
  const where = namespace === null ? 'in the cluster' : `in the namespace ${code(namespace)}`;
  if (issues.length === 0) yield say(`Nothing is broken ${where}${severity === null ? '' : ` that is ${severity} or worse`}.`);
  else
    yield say(`${issues.length === 1 ? 'One issue' : `${issues.length} issues`} ${where}, worst first:\n\n${bullets(issues.slice(0, mostListed).map(lineOf))}`);
  if (issues.length > mostListed) yield say(`${issues.length - mostListed} more: \`qd issues\` lists all of them.`);
  if (!coverage.complete) yield say(notSeen(coverage));
  const [first] = issues;
  return first === undefined ? nothingPointed : { object: { kind: first.kind, namespace: first.namespace, name: first.name }, issueId: first.id };
}

function notSeen({ skipped }: Coverage): string {
  return `Not everything could be looked at: ${skipped.map(({ what, reason }) => `${inText(what)} (${inText(reason)})`).join(', ')}.`;
}

/** The objects of a kind that are meant, as they are, and the issues that one of the kind has a part in. */
async function* issuesAmong({ kind, selection }: Among, { namespace }: Pick<Question, 'namespace'>, asking: Asking): Answer {
  yield* list({ intent: 'list', namespace, kind, selection: (yield* isNone(kind, selection, namespace, asking)) ? everyOne : selection }, asking);
  const { issues, coverage } = yield* callTool(asking, 'list_issues', namespace === null ? {} : { namespace }, issueList);
  const checked = await asking.cluster.checked(asking.signal);
  const touching = new Set(checked.issues.filter((issue) => partsOf(issue).some((part) => isOfKind(part, kind))).map(({ id }) => id));
  const own = issues.filter(({ id }) => touching.has(id));
  if (own.length > 0) yield say(`What is wrong with them, worst first:\n\n${bullets(own.slice(0, mostListed).map(lineOf))}`);
  else {
    const others = issues.length === 0 ? '' : ` What is open elsewhere:\n\n${bullets(issues.slice(0, mostElsewhere).map(lineOf))}`;
    yield say(`No issue that I can see touches a ${kind}.${others}`);
  }
  if (!coverage.complete) yield say(notSeen(coverage));
  const [first] = own;
  return first === undefined ? nothingPointed : { object: { kind: first.kind, namespace: first.namespace, name: first.name }, issueId: first.id };
}

/** Of other kinds. */
const mostElsewhere = 3;

const everyOne: Selection = { filter: '', sort: '', limit: null, words: [], unheeded: [] };

/** Where none is as it was asked for, all are shown as they are. */
async function* isNone(kind: string, { filter }: Selection, namespace: string | null, asking: Asking): Answer<boolean> {
  if (filter === '' || kind === anyWorkload) return false;
  const { total } = yield* callTool(asking, 'list_resources', { kind, filter, limit: 1, ...(namespace === null ? {} : { namespace }) }, resourceList);
  if (total === 0) yield say(`No ${kind} shows trouble in its own state.`);
  return total === 0;
}

type Among = NonNullable<Extract<Question, { intent: 'issues' }>['of']>;

function partsOf({ kind, cause, affected, chains, findings }: IssueDetail): { kind: string }[] {
  return [{ kind }, ...(cause === null ? [] : [cause]), ...affected, ...chains.flat().map(({ object }) => object), ...findings.map(({ object }) => object)];
}

function isOfKind(part: { kind: string }, kind: string): boolean {
  return kind === anyWorkload ? workloadKinds.includes(part.kind) : part.kind === kind;
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
