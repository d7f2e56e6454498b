import { type Refusal, understandCommand } from '@quarterdeck/assistant';
import { AppError, exitCode } from '@quarterdeck/contract';
import { toIssue } from '@quarterdeck/diagnosis';
import type { ClusterChoice } from '../cluster/cluster-options.ts';
import { defaultNamespace } from '../cluster/default-namespace.ts';
import { look } from '../cluster/diagnose-cluster.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/printable.ts';
import { withProgress } from '../output/progress.ts';
import { quoted } from './read-sentence.ts';
import { readVocabulary } from './read-vocabulary.ts';
import { stepsOfGoal } from './steps-of-goal.ts';

export interface Goal extends ClusterChoice {
  goal: string;
  namespace?: string | undefined;
}

/** The command lines that a goal takes, one after the other: commands that were said, or the plan for what is broken. Throws VALIDATION_ERROR for what is not understood. */
export async function linesOfGoal({ goal, namespace, ...choice }: Goal, context: CommandContext): Promise<string[][]> {
  const access = await context.openAccess(choice);
  try {
    const here = namespace ?? (await defaultNamespace(choice));
    const vocabulary = await readVocabulary(access, context);
    const steps = stepsOfGoal(goal);
    if (steps !== null) {
      return steps.map(({ verb, sentence }) => {
        const understood = understandCommand(verb, sentence, { vocabulary, namespace: here, now: context.now() });
        if ('refused' in understood) throw notUnderstood(`${verb} ${sentence}`, understood);
        return understood.args;
      });
    }
    const words = goal.toLowerCase().split(/[\s,.!?]+/);
    const { diagnosis } = await withProgress(context.err, `Reading ${access.id}`, () => look(access, { ...choice, namespace }, context.signal));
    const issues = diagnosis.incidents.map(toIssue);
    const meant = issues.filter(({ name, cause }) => words.includes(name.toLowerCase()) || (cause !== null && words.includes(cause.name.toLowerCase())));
    if (meant.length === 0) throw noWay(goal, issues.length);
    return meant.map(({ id }) => ['fix', id, ...(namespace === undefined ? [] : ['-n', namespace])]);
  } finally {
    await access.close();
  }
}

/** Runs the lines one after the other, each previewed and confirmed by its own command; the first that fails ends it. @returns its exit code */
export async function carryOutLines(lines: readonly string[][], run: (line: string[]) => Promise<number>, { err, input }: CommandContext): Promise<number> {
  for (const [index, line] of lines.entries()) err.write(`${index + 1}. qd ${printable(line.map(quoted).join(' '))}\n`);
  for (const [index, line] of lines.entries()) {
    if (!input.isTerminal)
      throw new AppError('VALIDATION_ERROR', 'Nobody is there to confirm the steps.', { hint: 'Run the commands above by themselves, or add --dry-run.' });
    const answer = await input.ask(`Step ${index + 1} of ${lines.length}: qd ${line.map(quoted).join(' ')}. Go on? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) {
      err.write(`Stopped before step ${index + 1}.\n`);
      return exitCode.CANCELLED;
    }
    const code = await run(line);
    if (code !== 0) return code;
  }
  return 0;
}

function notUnderstood(step: string, { refused, suggestions }: Refusal): AppError {
  return new AppError('VALIDATION_ERROR', `"${step}": ${refused}`, { hint: suggestions.join(' ') || 'Nothing was done. See `qd help`.' });
}

function noWay(goal: string, issues: number): AppError {
  return new AppError('UNSUPPORTED', `"${goal}" names neither commands nor something that is broken.`, {
    hint: `Without a model a goal is commands in a row ("scale web to 5, then restart api") or one of the ${issues} issues that there are ("make checkout work"). With one, \`qd ask\` proposes steps.`,
  });
}
