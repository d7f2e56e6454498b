import { parseDuration } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import type { OptionDescriptor } from '../option-descriptor.ts';

const { kubeconfig, context } = clusterInput;

/** What every command that changes a cluster takes, named as kubectl does. */
export const changeInput = {
  kubeconfig,
  context,
  namespace: z.string().min(1).optional(),
  dryRun: z.enum(['none', 'client', 'server']).default('none'),
  output: z.enum(['name', 'json', 'yaml']).optional(),
};

export const changeOptions = {
  namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
  dryRun: { value: 'none|client|server', description: 'Only say what would be sent (client), or let the server try it (server)' },
  output: { short: 'o', value: 'name|json|yaml', description: 'Print the changed objects in this form' },
  kubeconfig: clusterOptions.kubeconfig,
  context: clusterOptions.context,
} satisfies Record<string, OptionDescriptor>;

export interface ChangeChoice {
  kubeconfig?: string | undefined;
  context?: string | undefined;
  namespace?: string | undefined;
  dryRun: 'none' | 'client' | 'server';
  output?: 'name' | 'json' | 'yaml' | undefined;
  showKubectl?: boolean | undefined;
}

/** For commands that make changes. */
export const showInput = { showKubectl: z.boolean().default(false) };
export const showOptions = {
  showKubectl: { description: 'Say on stderr what kubectl would be told to do the same' },
} satisfies Record<string, OptionDescriptor>;

/** For commands that read manifests. */
export const fileInput = {
  filename: z.array(z.string().min(1)).default([]),
  recursive: z.boolean().default(false),
  kustomize: z.string().min(1).optional(),
};

export const fileOptions = {
  filename: { short: 'f', value: 'file', repeatable: true, description: 'A file or folder of YAML or JSON, or - for standard input' },
  recursive: { short: 'R', description: 'Folders with the folders in them' },
  kustomize: { short: 'k', value: 'folder', description: 'A folder with a kustomization' },
} satisfies Record<string, OptionDescriptor>;

/** For commands that pick objects. */
export const selectionInput = {
  targets: z.array(z.string().min(1)).default([]),
  selector: z.string().min(1).optional(),
  all: z.boolean().default(false),
};

export const selectionOptions = {
  selector: { short: 'l', value: 'labels', description: 'All objects of the type with these labels, e.g. app=web' },
  all: { description: 'All objects of the type in the namespace' },
} satisfies Record<string, OptionDescriptor>;

export const yesInput = { yes: z.boolean().default(false), confirm: z.string().min(1).optional() };
export const yesOptions = {
  yes: { short: 'y', description: 'Do not ask whether you are sure; not enough in production, and for many objects at once' },
  confirm: { value: 'cluster', description: 'The name of the cluster, as it would be typed: goes where --yes is not enough' },
} satisfies Record<string, OptionDescriptor>;

/** Seconds; 0 for as long as it takes. */
export const timeoutInput = z
  .string()
  .default('0s')
  .transform((text) => (text === '0' ? 0 : parseDuration(text)))
  .pipe(z.number('must be a duration as 30s or 5m'))
  .transform((milliseconds) => milliseconds / 1000);
