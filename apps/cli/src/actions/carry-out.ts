import type { ClusterAccess, IssueWatch } from '@quarterdeck/cluster';
import { type Action, AppError, exitCode } from '@quarterdeck/contract';
import { confirm } from '../changes/confirm.ts';
import type { CommandContext } from '../context.ts';
import { structured } from '../output/structured.ts';
import { endText, previewText, progressLine } from './action-text.ts';
import type { OpenDesk } from './with-desk.ts';

export interface CarryOut {
  access: ClusterAccess;
  issues: IssueWatch | null;
  yes: boolean;
  dryRun: boolean;
  output: 'text' | 'json' | 'yaml';
}

/** Shows what would be done, asks, does it and tells how it goes. @returns the exit code */
export async function carryOut(action: Action, { desk, person, acts }: OpenDesk, options: CarryOut, context: CommandContext): Promise<number> {
  const { access, issues, yes, dryRun, output } = options;
  const { out, err, signal } = context;
  const tell = output === 'text' ? out : err;
  tell.write(previewText(action, { columns: tell.columns ?? 100, colour: tell.colour }));
  if (action.obstacles.length > 0) throw new AppError('CONFLICT', 'It can not be done as it is.', { hint: 'See what stands in its way above.' });
  if (dryRun) return shown(action, output, out);
  const many = action.steps.length === 1 ? 'this step' : `these ${action.steps.length} steps`;
  await confirm({ access, choice: { dryRun: 'none' }, context }, `Carry out ${many}?`, { yes, namespace: action.steps[0]?.change.target.namespace ?? null });
  await desk.approve(action.id, { hash: action.hash, by: person, note: null }, { access, issues, acts: (approval) => acts(action, approval) }, signal);
  const ended = await follow(action, desk, tell, signal);
  tell.write(`${endText(ended)}`);
  shown(ended, output, out);
  return ended.state === 'succeeded' ? 0 : exitCode.CONFLICT;
}

function shown(action: Action, output: CarryOut['output'], out: CommandContext['out']): number {
  if (output !== 'text') out.write(structured(action, output));
  return 0;
}

async function follow(action: Action, desk: OpenDesk['desk'], tell: CommandContext['out'], signal: AbortSignal): Promise<Action> {
  const told = new Map<string, string>();
  let last = action;
  for await (const now of desk.follow(action.id, signal)) {
    last = now;
    for (const step of now.steps.filter(({ run }) => run.state !== 'waiting')) {
      const line = progressLine(step);
      if (told.get(step.stepId) !== line) tell.write(`${line}\n`);
      told.set(step.stepId, line);
    }
    const whole = now.validation.find(({ message }) => message !== '')?.message;
    if (whole !== undefined && told.get('') !== whole) tell.write(`${whole}\n`);
    if (whole !== undefined) told.set('', whole);
  }
  return last;
}
