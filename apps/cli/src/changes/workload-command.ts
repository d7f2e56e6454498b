import type { Change, ObjectRef } from '@quarterdeck/contract';
import * as z from 'zod';
import { type AnyCommand, defineCommand } from '../command.ts';
import { changeInput, changeOptions, selectionInput, selectionOptions, showInput, showOptions } from './change-options.ts';

export interface WorkloadCommand {
  name: string;
  summary: string;
  description?: string;
  /** For commands about one type: the arguments are names alone. */
  type?: string;
  examples: readonly (readonly [string, string])[];
  /** What kubectl says after the name of the object. */
  said: string;
  change(target: ObjectRef, now: number): Change;
}

/** A command that makes the same simple change to each of the objects that are named. */
export function workloadCommand({ type, said, change, ...about }: WorkloadCommand): AnyCommand {
  return defineCommand({
    ...about,
    input: z.object({ ...changeInput, ...showInput, ...selectionInput }),
    arguments: {},
    rest: ['targets', type === undefined ? 'TYPE NAME …, or TYPE/NAME …' : 'Names'],
    options: { ...selectionOptions, ...showOptions, ...changeOptions },
    async run(input, context) {
      const [{ runChanges, withCluster }, { selectTargets }] = await Promise.all([import('./change-session.ts'), import('./select-targets.ts')]);
      return withCluster(input, context, async (session) => {
        const targets = await selectTargets(session, { ...input, ...(type === undefined ? {} : { type }) });
        return runChanges(
          session,
          targets.map((target) => change(target, context.now())),
          said,
        );
      });
    },
  });
}
