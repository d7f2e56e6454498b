import { helmReleaseNameSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import type { OptionDescriptor } from '../option-descriptor.ts';

const { kubeconfig, context } = clusterInput;

/** What every command about releases has. */
export const helmInput = { kubeconfig, context, namespace: z.string().min(1).optional() };
export const helmOptions = {
  namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
  kubeconfig: clusterOptions.kubeconfig,
  context: clusterOptions.context,
} as const satisfies Record<string, OptionDescriptor>;

export const release = helmReleaseNameSchema;
export const revision = z.coerce.number('must be a number').int('must be a whole number').positive('must be 1 or more');
export const outputInput = z.enum(['json', 'yaml']).optional();
export const outputOption = { short: 'o', value: 'json|yaml', description: 'Print it in this form' } as const satisfies OptionDescriptor;
export const revisionOption = { value: 'number', description: 'This revision (default: the newest)' } as const satisfies OptionDescriptor;

/** For what changes a release. */
export const timingInput = { wait: z.boolean().default(false), timeout: z.string().default('5m') };
export const timingOptions = {
  wait: { description: 'End only when all objects are ready' },
  timeout: { value: 'duration', description: 'How long to wait for any one of them, e.g. 90s (default: 5m)' },
} as const satisfies Record<string, OptionDescriptor>;

export const chartInput = {
  version: z.string().min(1).optional(),
  repo: z.string().min(1).optional(),
  values: z.array(z.string().min(1)).default([]),
  set: z.array(z.string().min(1)).default([]),
  createNamespace: z.boolean().default(false),
  rollbackOnFailure: z.boolean().default(false),
  dryRun: z.boolean().default(false),
};
export const chartOptions = {
  version: { value: 'version', description: 'Version of the chart, or a range such as ^1.2 (default: the newest)' },
  repo: { value: 'url', description: 'Address of a chart repository that is not in the list of helm repo' },
  values: { short: 'f', value: 'file', repeatable: true, description: 'Values as YAML; later files come over earlier ones, - is standard input' },
  set: { value: 'name=value', repeatable: true, description: 'A single value over the others; others on this machine can read it while Helm runs' },
  createNamespace: { description: 'Make the namespace where it does not exist' },
  rollbackOnFailure: { description: 'Take everything back where it fails (Helm 3 calls it --atomic)' },
  dryRun: { description: 'Show what would change, and change nothing' },
} as const satisfies Record<string, OptionDescriptor>;

export const forceInput = { forceConflicts: z.boolean().default(false) };
export const forceOptions = {
  forceConflicts: { description: 'Take over fields that somebody else changed since' },
} as const satisfies Record<string, OptionDescriptor>;
