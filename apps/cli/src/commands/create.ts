import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, fileInput, fileOptions, showInput, showOptions, yesInput, yesOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

export const create = defineCommand({
  name: 'create',
  summary: 'Create the objects of files, or make a manifest from a description',
  description:
    'A description makes a manifest of a common shape, checked against the schemas of the cluster, its dry run and the checks of qd lint. What no template makes, a language model writes where one is set up, under the same checks. It is printed; --apply creates it after a question.',
  input: z.object({
    ...changeInput,
    ...showInput,
    ...fileInput,
    ...yesInput,
    description: z.array(z.string().min(1)).default([]),
    apply: z.boolean().default(false),
    model: z.boolean().default(false),
    noModel: z.boolean().default(false),
  }),
  arguments: {},
  rest: ['description', 'What is wanted, in words'],
  options: {
    ...fileOptions,
    apply: { description: 'Create what was described, after a question' },
    model: { description: 'Let a language model write it, also where a template would' },
    noModel: { description: 'Do not ask a language model, also where no template makes it' },
    ...yesOptions,
    ...showOptions,
    ...changeOptions,
  },
  examples: [
    ['create -f pod.yaml', 'fails where there is one already'],
    ['create "a web app with 3 replicas from nginx:1.27 behind an ingress at shop.example.com"', 'prints the manifest'],
    ['create --apply "a configmap web-settings with LOG_LEVEL=info"', 'creates it'],
    ['create job now --from=cronjob/nightly', 'run a CronJob at once'],
  ],
  async run({ description, apply, yes, model, noModel, ...input }, context) {
    if (description.length > 0 && input.filename.length > 0) {
      throw new AppError('VALIDATION_ERROR', 'A description and -f exclude each other.', { hint: 'Leave one of them out.' });
    }
    if (description.length > 0) {
      const { createDescribed } = await import('../assistant/create-described.ts');
      return createDescribed({ ...input, description: description.join(' '), apply, yes, author: authorOf(model, noModel) }, context);
    }
    const [{ runChanges, withCluster }, { readManifests }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/read-manifests.ts'),
    ]);
    return withCluster(input, context, async (session) => runChanges(session, await readManifests(session, input, { verb: 'create' }), 'created'));
  },
});

function authorOf(model: boolean, noModel: boolean): 'model' | 'template' | 'either' {
  if (model) return 'model';
  return noModel ? 'template' : 'either';
}
