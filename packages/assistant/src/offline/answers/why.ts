import { type BuiltInKind, builtInKinds, type IssueDetail, type ObjectRef } from '@quarterdeck/contract';
import type { CheckedCluster } from '../../kubernetes/asked-cluster.ts';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { code, inText, label } from '../markdown.ts';
import { description, issueDetail, issueList, logLines } from '../tool-results.ts';
import type { NamedObject, Question, Subject } from '../understand/question.ts';
import { issueText } from './issue-text.ts';
import { unknownName } from './unknown-name.ts';
import { hitText } from './written-down.ts';

/** More issues than this are named, not told. */
const mostTold = 3;

/** Why something fails: the issue that it has a part in, from cause to symptom; else what it hangs on, else its state. */
export async function* why({ subject }: Extract<Question, { intent: 'why' }>, asking: Asking): Answer {
  if (subject.matches.length === 0) return yield* unknownName(subject, asking);
  yield* callTool(asking, 'list_issues', {}, issueList);
  const checked = await asking.cluster.checked(asking.signal);
  const own = issuesOf(checked, subject.matches);
  if (own.length > 0) return yield* tell(own, subject, asking);
  return yield* noIssue(subject, checked, asking);
}

async function* tell(issues: readonly IssueDetail[], { matches }: Subject, asking: Asking): Answer {
  const [first] = issues;
  for (const { id } of issues.slice(0, mostTold)) {
    const detail = yield* callTool(asking, 'get_issue', { id }, issueDetail);
    yield say(issueText(detail, asking.now()));
    yield* runbooks(detail, asking);
  }
  const further = issues.slice(mostTold).map(({ title }) => inText(title));
  if (further.length > 0) yield say(`It also has a part in: ${further.join('; ')}.`);
  if (first !== undefined) yield say('Ask "how do I fix it?" for the steps, or "what changed?" for what came before.');
  return { object: matches[0] ?? null, issueId: first?.id ?? null };
}

/** What people wrote down for this mechanism, cited, with its beginning. */
async function* runbooks({ mechanism, findings, kind, title }: IssueDetail, { knowledge }: Asking): Answer<void> {
  const found = knowledge?.search({ text: title, mechanism, codes: findings.map(({ code: each }) => each), kinds: [kind], limit: 2 }) ?? [];
  if (found.length > 0) yield say(`**Known here:**\n\n${found.map(hitText).join('\n\n')}`);
}

async function* noIssue(subject: Subject, checked: CheckedCluster, asking: Asking): Answer {
  const [object] = subject.matches;
  if (object === undefined) return nothingPointed;
  const near = neighboursWithIssues(checked, object);
  if (near.length > 0) {
    yield say(`No issue names ${label(object)} itself, but something that it hangs on is broken:`);
    return yield* tell(near, subject, asking);
  }
  const { kind, name, namespace } = object;
  const target = { kind, name, ...(namespace === null ? {} : { namespace }) };
  const described = yield* callTool(asking, 'describe_resource', target, description);
  const warnings = described.events.filter(({ type }) => type === 'Warning').slice(0, 3);
  yield say(`I see nothing wrong with ${label(object)}: its state is ${code(described.state.text || described.state.state)}, and no issue touches it.`);
  for (const { reason, message, count } of warnings) yield say(`A warning: ${code(reason)} (${count}×) ${inText(message)}`);
  if (runs(kind)) yield* loggedErrors(target, asking);
  return { object, issueId: null };
}

async function* loggedErrors(target: object, asking: Asking): Answer<void> {
  const { lines } = yield* callTool(asking, 'get_logs', { ...target, severity: 'error', tail: 5 }, logLines);
  if (lines.length > 0) yield say(`Its log has errors all the same:\n\n${lines.map((line) => `- ${code(line)}`).join('\n')}`);
}

export function runs(kind: string): boolean {
  return ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet'].includes(kind);
}

/** The issues that one of these objects has a part in: those that it causes or that name it first, then those that only reach it. */
export function issuesOf({ issues, view }: CheckedCluster, objects: readonly NamedObject[]): IssueDetail[] {
  const own = objects.flatMap((object) => {
    const ref = refFor(object);
    return ref === null
      ? [object]
      : [object, view.topOwner(ref), ...view.podsOf(ref).map(({ metadata }) => podNamed(metadata.name, metadata.namespace ?? null))];
  });
  const isOwn = (part: NamedObject) => own.some((each) => isSame(each, part));
  const direct = issues.filter((issue) => isOwn(issue) || (issue.cause !== null && isOwn(issue.cause)) || issue.findings.some(({ object }) => isOwn(object)));
  const reached = issues.filter(({ affected, chains }) => [...affected, ...chains.flat().map(({ object }) => object)].some(isOwn));
  return [...new Set([...direct, ...reached])];
}

function neighboursWithIssues(checked: CheckedCluster, object: NamedObject): IssueDetail[] {
  const ref = refFor(object);
  if (ref === null) return [];
  const { view } = checked;
  const own = [ref, ...view.podsOf(ref).map(({ metadata }) => podNamed(metadata.name, metadata.namespace ?? null))];
  const direct = own.flatMap((each) => view.outgoing(each)).map(({ to }) => to);
  const further = direct.flatMap((each) => view.outgoing(each)).map(({ to }) => to);
  // What everything hangs on says nothing of this object.
  const near = [...direct, ...further].filter(({ kind }) => kind !== 'Namespace' && kind !== 'Node' && kind !== 'ServiceAccount');
  return near.length === 0 ? [] : issuesOf(checked, near);
}

function podNamed(name: string, namespace: string | null): ObjectRef {
  return { apiVersion: 'v1', kind: 'Pod', namespace, name };
}

/** Null for a custom kind, whose group a question does not tell. */
export function refFor({ kind, namespace, name }: NamedObject): ObjectRef | null {
  return isBuiltIn(kind) ? { apiVersion: builtInKinds[kind].apiVersion, kind, namespace, name } : null;
}

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

function isSame(a: NamedObject, b: NamedObject): boolean {
  return a.kind === b.kind && a.name === b.name && (a.namespace ?? null) === (b.namespace ?? null);
}
