import { AppError } from '@quarterdeck/contract/errors';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

const input = z.object({
  ...{ kubeconfig, context },
  words: z.array(z.string().min(1)).default([]),
  namespace: z.string().min(1).optional(),
  allNamespaces: z.boolean().default(false),
  selector: z.string().min(1).optional(),
  fieldSelector: z.string().min(1).optional(),
  filename: z.array(z.string().min(1)).default([]),
  kustomize: z.string().min(1).optional(),
  recursive: z.boolean().default(false),
  output: z.string().min(1).optional(),
  template: z.string().optional(),
  sortBy: z.string().min(1).optional(),
  where: z.string().min(1).optional(),
  order: z.string().min(1).optional(),
  limit: z.coerce.number('must be a number').int().positive().optional(),
  labelColumns: z.array(z.string().min(1)).default([]),
  showLabels: z.boolean().default(false),
  showKind: z.boolean().default(false),
  showManagedFields: z.boolean().default(false),
  showSecretValues: z.boolean().default(false),
  noHeaders: z.boolean().default(false),
  ignoreNotFound: z.boolean().default(false),
  chunkSize: z.coerce.number('must be a number').int().nonnegative().default(500),
  subresource: z.enum(['status', 'scale', 'resize']).optional(),
  watch: z.boolean().default(false),
  watchOnly: z.boolean().default(false),
  outputWatchEvents: z.boolean().default(false),
  raw: z.string().min(1).optional(),
});

export const get = defineCommand({
  name: 'get',
  summary: 'Show objects, as kubectl get does',
  description: 'In place of arguments a sentence: qd get "pods that restart a lot". The command that it is understood as is shown.',
  input,
  arguments: {},
  rest: ['words', 'TYPE[,TYPE] [NAME …], TYPE/NAME …, or all'],
  options: {
    output: {
      short: 'o',
      value: 'form',
      description: 'wide, json, yaml, name, custom-columns=, custom-columns-file=, jsonpath=, jsonpath-file=, go-template=, go-template-file=',
    },
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    allNamespaces: { short: 'A', description: 'In all namespaces' },
    selector: { short: 'l', value: 'labels', description: 'Only those with these labels, e.g. app=web,tier!=cache' },
    fieldSelector: { value: 'fields', description: 'Only those with these fields, e.g. status.phase=Running' },
    filename: { short: 'f', value: 'file', repeatable: true, description: 'The objects of a file or folder of YAML or JSON, or - for standard input' },
    kustomize: { short: 'k', value: 'folder', description: 'The objects of a kustomization' },
    recursive: { short: 'R', description: 'Folders with the folders in them' },
    sortBy: { value: 'path', description: 'In the order of this field, e.g. .metadata.creationTimestamp' },
    where: { value: 'filter', description: "Only rows that match the workbench's filter, e.g. 'restarts>5 !status:healthy'" },
    order: { value: 'column', description: 'Rows in the order of this column of the workbench, - in front for the largest first: -restarts' },
    limit: { value: 'number', description: 'Only so many rows' },
    labelColumns: { short: 'L', value: 'keys', repeatable: true, description: 'Labels as columns of their own' },
    showLabels: { description: 'All labels as a column' },
    showKind: { description: 'The kind in front of each name' },
    showManagedFields: { description: 'With metadata.managedFields, in JSON and YAML' },
    showSecretValues: { description: 'With the values of Secrets; that they were shown is written down' },
    noHeaders: { description: 'Without the line of headings' },
    ignoreNotFound: { description: 'What is not there is no failure' },
    chunkSize: { value: 'number', description: 'Objects a request; 0 for all at once (default: 500)' },
    subresource: { value: 'status|scale|resize', description: 'This part of the objects' },
    template: { value: 'text', description: 'The template of -o go-template or -o jsonpath' },
    watch: { short: 'w', description: 'Go on as they change; on a terminal with keys to filter, pause and save' },
    watchOnly: { description: 'As --watch, without what is there already' },
    outputWatchEvents: { description: 'With --watch: each change as an event, in JSON or YAML' },
    raw: { value: 'path', description: 'What this path of the API answers' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['get pods', 'the pods of the namespace'],
    ['get deploy,svc -l app=web -o wide', 'several kinds with a label'],
    ["get pods -A -o jsonpath='{.items[*].metadata.name}'", 'one field of each'],
    ['get "pods that restart a lot"', 'in words'],
  ],
  async run(typed, commandContext) {
    const [{ objectPrinter }, { getObjects, getRaw, getTables }, { queriesOf }, { defaultNamespace }] = await Promise.all([
      import('../print/printer.ts'),
      import('../resources/get-resources.ts'),
      import('../resources/queries-of.ts'),
      import('../cluster/default-namespace.ts'),
    ]);
    const { print, wide } = await objectPrinter(typed);
    const namespace = typed.allNamespaces ? null : (typed.namespace ?? (await defaultNamespace(typed)));
    const access = await commandContext.openAccess(typed);
    try {
      if (typed.raw !== undefined) {
        await getRaw(access, typed.raw, commandContext);
        return 0;
      }
      const queries = await queriesOf(access, typed, { namespace, context: commandContext });
      const choice = { ...typed, namespace: queries.namespace, labelSelector: typed.selector };
      refuseSelectors(typed, queries.queries);
      const form = {
        wide,
        headers: !typed.noHeaders,
        namespaces: typed.allNamespaces,
        kinds: typed.showKind,
        showLabels: typed.showLabels,
        labelColumns: typed.labelColumns.flatMap((keys) => keys.split(',')),
      };
      if (typed.where !== undefined || typed.order !== undefined || typed.limit !== undefined) {
        const { getRows } = await import('../resources/get-rows.ts');
        return await getRows(queries.queries, { ...typed, namespace: queries.namespace, wide }, { access, print, context: commandContext });
      }
      if (typed.watch || typed.watchOnly) {
        const { watchResources } = await import('../live/watch-resources.ts');
        return await watchResources(
          queries.queries,
          { choice, form, print, watchOnly: typed.watchOnly, events: typed.outputWatchEvents },
          { access, context: commandContext },
        );
      }
      const reading = { access, choice, context: commandContext };
      return print === null ? await getTables(queries.queries, form, reading) : await getObjects(queries.queries, print, reading);
    } finally {
      await access.close();
    }
  },
});

function refuseSelectors({ selector, fieldSelector }: z.output<typeof input>, queries: readonly { names: readonly string[] | null }[]): void {
  if (selector === undefined && fieldSelector === undefined) return;
  if (queries.every(({ names }) => names === null)) return;
  throw new AppError('VALIDATION_ERROR', 'Names and a selector exclude each other.', { hint: 'Leave one of them out.' });
}
