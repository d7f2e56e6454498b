import type { IssueDetail } from '@quarterdeck/contract';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { ago, bullets, code, inText, label } from '../markdown.ts';
import { issueList } from '../tool-results.ts';
import type { Question } from '../understand/question.ts';
import { issuesOf } from './issues-of.ts';
import { unknownName } from './unknown-name.ts';

const mostTold = 5;
const mostChanges = 3;

/** What broke, since when, and what was changed right before: of an object, or of the whole. */
export async function* onset({ subject, namespace }: Extract<Question, { intent: 'onset' }>, asking: Asking): Answer {
  if (subject !== null && subject.matches.length === 0) return yield* unknownName(subject, asking);
  const { issues } = yield* callTool(asking, 'list_issues', subject === null && namespace !== null ? { namespace } : {}, issueList);
  const seen = new Set(issues.map(({ id }) => id));
  const checked = await asking.cluster.checked(asking.signal);
  const [object = null] = subject?.matches ?? [];
  const own = subject === null ? checked.issues : issuesOf(checked, subject.matches);
  const told = own.filter(({ id }) => seen.has(id)).slice(0, mostTold);
  const [first] = told;
  if (first === undefined) {
    yield say(object === null ? 'Nothing is broken now.' : `No issue touches ${label(object)} now.`);
    return { ...nothingPointed, object };
  }
  for (const issue of told) yield say(beginning(issue, asking.now()));
  return { object: object ?? first.cause, issueId: first.id };
}

function beginning({ id, title, cause, findings, changes, chains }: IssueDetail, now: number): string {
  const known = findings.flatMap(({ since, object, message }) => (since === null ? [] : [{ since, object, message }]));
  const inOrder = known.toSorted((a, b) => a.since.localeCompare(b.since));
  const [first] = inOrder;
  const reached = [...new Set(chains.flatMap((chain) => chain.slice(1)).map(({ object }) => label(object)))].filter(
    (each) => cause === null || each !== label(cause),
  );
  const parts = [
    `**${inText(title)}** (${code(id)})`,
    first === undefined
      ? 'Nothing in the cluster tells since when.'
      : `Since about ${code(first.since)} (${ago(first.since, now)}), as ${label(first.object)} tells.`,
    cause === null ? '' : `Cause: ${label(cause)}.${reached.length === 0 ? '' : ` It reaches ${reached.slice(0, mostTold).join(', ')}.`}`,
    changes.length === 0
      ? 'No change right before it is known.'
      : `Changed before:\n\n${bullets(changes.slice(-mostChanges).map(({ at, object, by, what }) => `${ago(at, now)}: ${code(by)} on ${label(object)}: ${inText(what)}`))}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
