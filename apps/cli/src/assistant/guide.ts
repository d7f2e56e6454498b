import type { CommandContext } from '../context.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';
import { type AskChoice, type AskSession, answerTo, showAnswer, withAskSession } from './ask-session.ts';

/** Leads from what is broken to the plan: the issue, what proves it, the steps, and the commands that come next. */
export function guide(target: string | undefined, choice: Omit<AskChoice, 'continue' | 'runbooks'>, context: CommandContext): Promise<number> {
  return withAskSession({ ...choice, continue: false, runbooks: [] }, context, async (session) => {
    if (target === undefined) {
      await step(session, 'What is broken', 'what is broken');
      const { object } = session.focus;
      if (object === null) return 0;
      await step(session, 'Why', `why is ${object.kind}/${object.namespace === null ? '' : `${object.namespace}/`}${object.name} failing`);
    } else {
      await step(session, 'Why', `why is ${target} failing`);
    }
    if (session.focus.issueId !== null) await step(session, 'What to do', 'how do I fix it?');
    context.out.write(next(session));
    return 0;
  });
}

async function step(session: AskSession, title: string, question: string): Promise<void> {
  const { out } = session.context;
  out.write(`${painter(out.colour)('bold', title)}\n\n`);
  await showAnswer(answerTo(session, question), session.context);
}

function next({ focus: { object, issueId }, context: { out } }: AskSession): string {
  if (object === null) return '';
  const where = object.namespace === null ? '' : ` -n ${object.namespace}`;
  const lines = [
    ...(issueId === null ? [] : [`qd plan ${issueId}${where} -o shell`]),
    'qd ask --continue "and its logs?"',
    'qd ask --continue "what changed?"',
    `qd ask --continue "what does it depend on?"`,
    ...(object.kind === 'Pod' ? [`qd debug -it ${object.name}${where} -- sh`] : []),
  ];
  return `${painter(out.colour)('bold', 'Next')}\n\n${lines.map((line) => `    ${printable(line)}`).join('\n')}\n`;
}
