import { lint } from '@quarterdeck/diagnosis';
import { type Answer, type Asking, nothingPointed, requireTool, say } from '../asking.ts';
import { bullets, code, inText, label } from '../markdown.ts';
import type { Question } from '../understand/question.ts';

const mostShown = 20;

/** What could be better although nothing is broken: one check, or all of them. */
export async function* advise({ check, namespace, subject }: Extract<Question, { intent: 'advise' }>, asking: Asking): Answer {
  requireTool(asking, 'list_issues');
  const startedAt = asking.clock();
  const { view } = await asking.cluster.checked(asking.signal);
  const [object] = subject?.matches ?? [];
  const found = lint(view, {
    check: check ?? undefined,
    policy: check?.startsWith('policy-') === true,
    namespace: object?.namespace ?? namespace ?? undefined,
  });
  const advice = found.advice.filter((each) => object === undefined || each.object.name === object.name);
  yield { type: 'call', tool: 'lint', input: { check, namespace }, summary: `${advice.length} pieces of advice`, tookMs: asking.clock() - startedAt };
  if (advice.length === 0)
    yield say(
      `There is none: ${check === null ? 'no check has anything to say' : `the check ${code(check)} finds nothing`}. The namespaces of Kubernetes itself are left out unless one is named.`,
    );
  else
    yield say(
      `${check === null ? 'What could be better' : `What the check ${code(check)} finds`}:\n\n${bullets(advice.slice(0, mostShown).map(({ title, object: where, places }) => `${label(where)}: ${inText(places[0]?.message ?? title)}`))}`,
    );
  if (advice.length > mostShown) yield say(`${advice.length - mostShown} more: \`qd lint\` lists all of them.`);
  return object === undefined ? nothingPointed : { object, issueId: null };
}
