import type { IssueDetail } from '@quarterdeck/contract';
import type { CheckedCluster } from '../../kubernetes/asked-cluster.ts';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { code, inText, label } from '../markdown.ts';
import { description, issueDetail, issueList, logLines } from '../tool-results.ts';
import type { Question, Subject } from '../understand/question.ts';
import { describedText } from './description-text.ts';
import { issueText } from './issue-text.ts';
import { issuesNamedIn, issuesOf, neighboursWithIssues } from './issues-of.ts';
import { runs, targetOf } from './targets.ts';
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
  const described = yield* callTool(asking, 'describe_resource', targetOf(object), description);
  const { state } = described;
  if (!asIntended.has(state.state)) {
    yield say(`No issue that I can see explains ${label(object)}, but it is not as it should be:`);
    yield say(describedText(described, object, asking.now()));
    const named = issuesNamedIn(
      checked,
      [...described.conditions, ...described.events].map(({ message = '' }) => message),
    );
    if (named.length === 0) return { object, issueId: null };
    yield say('What it says names something that is broken:');
    return yield* tell(named, subject, asking);
  }
  yield say(`I see nothing wrong with ${label(object)}: its state is ${code(state.text || state.state)}, and no issue touches it.`);
  for (const { reason, message, count } of described.events.filter(({ type }) => type === 'Warning').slice(0, mostWarnings)) {
    yield say(`A warning: ${code(reason)} (${count}×) ${inText(message)}`);
  }
  if (runs(object.kind)) yield* loggedErrors(targetOf(object), asking);
  return { object, issueId: null };
}

const mostWarnings = 3;
const asIntended: ReadonlySet<string> = new Set(['healthy', 'scaledToZero', 'paused', 'unknown']);

async function* loggedErrors(target: object, asking: Asking): Answer<void> {
  const { lines } = yield* callTool(asking, 'get_logs', { ...target, severity: 'error', tail: 5 }, logLines);
  if (lines.length > 0) yield say(`Its log has errors all the same:\n\n${lines.map((line) => `- ${code(line)}`).join('\n')}`);
}
