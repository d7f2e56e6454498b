import * as z from 'zod';
import { changeInput, changeOptions, showInput, showOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const createJob = defineCommand({
  name: 'create job',
  summary: 'Run a CronJob at once',
  input: z.object({ ...changeInput, ...showInput, name: z.string().min(1).max(63, 'may have at most 63 characters'), from: z.string().min(1, 'is missing') }),
  arguments: { name: 'What the Job is called' },
  options: { from: { value: 'cronjob/name', description: 'The CronJob' }, ...showOptions, ...changeOptions },
  examples: [['create job nightly-now --from=cronjob/nightly', 'start what runs at night']],
  async run(input, context) {
    const [{ runChanges, withCluster }, { selectTargets }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/select-targets.ts'),
    ]);
    return withCluster(input, context, async (session) => {
      const targets = await selectTargets(session, { targets: [input.from] });
      const changes = targets.map((target) => ({ verb: 'trigger' as const, target, jobName: input.name }));
      return runChanges(session, changes, () => `job.batch/${input.name} created`);
    });
  },
});
