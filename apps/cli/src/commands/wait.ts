import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, fileInput, fileOptions, selectionInput, selectionOptions, timeoutInput } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context, namespace } = changeInput;

export const wait = defineCommand({
  name: 'wait',
  summary: 'Wait until objects are as they should be',
  description: 'Several objects and several --for are all waited for, by watches. Where it stalls, it says why: the issue, its cause, and what the log says.',
  input: z.object({
    ...{ kubeconfig, context, namespace },
    ...fileInput,
    ...selectionInput,
    for: z.array(z.string().min(1)).default([]),
    timeout: timeoutInput.optional(),
    output: z.enum(['name', 'json']).optional(),
  }),
  arguments: {},
  rest: ['targets', 'TYPE NAME …, or TYPE/NAME …'],
  options: {
    for: {
      value: 'what',
      repeatable: true,
      description: "delete, create, condition=Ready[=false], jsonpath='{.status.phase}'=Running; several must all be true",
    },
    timeout: { value: 'duration', description: 'How long to wait (default: 30s; 0s looks once)' },
    ...fileOptions,
    ...selectionOptions,
    namespace: changeOptions.namespace,
    output: { short: 'o', value: 'name|json', description: 'The names of those that are done, or every change as an event' },
    kubeconfig: changeOptions.kubeconfig,
    context: changeOptions.context,
  },
  examples: [
    ['wait deploy/web --for=condition=Available --timeout=2m', 'until it serves'],
    ['wait pod -l app=web --for=delete', 'until they are gone'],
    ["wait job/import --for=jsonpath='{.status.succeeded}'=1", 'until a field has a value'],
  ],
  async run(typed, commandContext) {
    if (typed.for.length === 0) throw new AppError('VALIDATION_ERROR', '--for is missing.', { hint: 'Say what to wait for: --for=condition=Ready.' });
    const [{ withCluster }, { waitAndTell }] = await Promise.all([import('../changes/change-session.ts'), import('../waiting/wait-and-tell.ts')]);
    return withCluster({ ...typed, dryRun: 'none', output: undefined }, commandContext, (session) => waitAndTell(session, typed));
  },
});
