import { AppError, parseDuration } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

const input = z.object({
  ...{ kubeconfig, context },
  namespace: z.string().min(1).optional(),
  allNamespaces: z.boolean().default(false),
  for: z.string().min(1).optional(),
  types: z.string().min(1).optional(),
  since: z.string().min(1).optional(),
  watch: z.boolean().default(false),
  noHeaders: z.boolean().default(false),
  output: z.string().min(1).optional(),
  chunkSize: z.coerce.number('must be a number').int().nonnegative().default(500),
});

export const events = defineCommand({
  name: 'events',
  summary: 'Show what happened, the latest last',
  input,
  arguments: {},
  options: {
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    allNamespaces: { short: 'A', description: 'In all namespaces' },
    for: { value: 'type/name', description: 'Only what happened to this object' },
    types: { value: 'Normal|Warning', description: 'Only events of these types, with commas' },
    since: { value: 'duration', description: 'Only what was seen within so long, e.g. 10m' },
    watch: { short: 'w', description: 'Go on as they happen' },
    noHeaders: { description: 'Without the line of headings' },
    output: { short: 'o', value: 'form', description: 'json, yaml, name, jsonpath=, go-template=' },
    chunkSize: { value: 'number', description: 'Events a request; 0 for all at once (default: 500)' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['events --types=Warning -A', 'what went wrong in the cluster'],
    ['events --for deploy/web', 'what happened to an object'],
    ['events "warnings in shop"', 'in words'],
  ],
  async run(typed, commandContext) {
    const [{ showEvents }, { objectPrinter }, { resourceQueries }, { defaultNamespace }] = await Promise.all([
      import('../resources/show-events.ts'),
      import('../print/printer.ts'),
      import('../resources/resource-query.ts'),
      import('../cluster/default-namespace.ts'),
    ]);
    const { print } = await objectPrinter(typed);
    const types = typesOf(typed.types);
    const within = typed.since === undefined ? null : durationOf(typed.since);
    const namespace = typed.allNamespaces ? null : (typed.namespace ?? (await defaultNamespace(typed)));
    const access = await commandContext.openAccess(typed);
    try {
      const [about] = typed.for === undefined ? [] : await resourceQueries(access, [typed.for], commandContext.signal);
      const object = about === undefined ? null : { kind: about.type.kind, name: about.names?.[0] ?? '' };
      return await showEvents(access, { ...typed, namespace, types, within, object, print }, commandContext);
    } finally {
      await access.close();
    }
  },
});

function durationOf(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== null && milliseconds > 0) return milliseconds;
  throw new AppError('VALIDATION_ERROR', `--since is "${text}", which is no duration.`, { hint: 'Give one as 90s, 5m or 1h30m.' });
}

function typesOf(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const types = text.split(',').map((type) => `${type.charAt(0).toUpperCase()}${type.slice(1).toLowerCase()}`);
  const wrong = types.find((type) => type !== 'Normal' && type !== 'Warning');
  if (wrong !== undefined) throw new AppError('VALIDATION_ERROR', `There are no events of the type ${wrong}.`, { hint: 'There are Normal and Warning.' });
  return types;
}
