import { type ActionStep, groupOf } from '@quarterdeck/contract';
import * as z from 'zod';

const lacksSchema = z.object({ lacks: z.object({ verb: z.string(), resource: z.string() }) });

/** The least Role (or ClusterRole) that would allow a step, as YAML; null where it was refused for another reason than a missing right. */
export function minimalRole({ change: { target }, refused }: Pick<ActionStep, 'change' | 'refused'>): string | null {
  const missing = refused === null ? null : lacksSchema.safeParse(refused.details);
  if (missing?.success !== true) return null;
  const { verb, resource } = missing.data.lacks;
  const [plural = resource] = resource.split('/');
  const { namespace, apiVersion, name } = target;
  // Names can't bound what makes a new object.
  const named = verb === 'create' && !resource.includes('/') ? [] : [`    resourceNames: [${JSON.stringify(name)}]`];
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${namespace === null ? 'ClusterRole' : 'Role'}`,
    'metadata:',
    `  name: ${verb}-${plural.toLowerCase()}`,
    ...(namespace === null ? [] : [`  namespace: ${namespace}`]),
    'rules:',
    `  - apiGroups: [${JSON.stringify(groupOf(apiVersion))}]`,
    `    resources: [${JSON.stringify(resource)}]`,
    ...named,
    `    verbs: ["get", ${JSON.stringify(verb)}]`,
    '',
  ].join('\n');
}
