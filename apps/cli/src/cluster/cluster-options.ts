import * as z from 'zod';
import type { OptionDescriptor } from '../option-descriptor.ts';

/** Which cluster a command is about; the same for every command that reads one. */
export const clusterInput = {
  kubeconfig: z.string().min(1).optional(),
  context: z.string().min(1).optional(),
  bundle: z.string().min(1).optional(),
};

export const clusterOptions: Record<keyof typeof clusterInput, OptionDescriptor> = {
  kubeconfig: { value: 'file', description: 'Kubeconfig file (default: KUBECONFIG, then ~/.kube/config)' },
  context: { value: 'name', description: 'Context of the kubeconfig (default: KUBE_CONTEXT, then its current context)' },
  bundle: { value: 'file', description: 'A saved snapshot instead of a cluster' },
};

export interface ClusterChoice {
  kubeconfig?: string | undefined;
  context?: string | undefined;
  bundle?: string | undefined;
}
