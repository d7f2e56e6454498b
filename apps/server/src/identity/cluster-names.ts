import type { Impersonation } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import type { Environment } from '../config/options.ts';
import type { Actor } from '../gate/decide.ts';

/** Under which name somebody asks a cluster; null for that of the workbench's own login. */
export type NameInCluster = (actor: Actor, cluster: string) => Impersonation | null;

export const workbenchName: NameInCluster = () => null;

const usualPrefix = 'quarterdeck:';

/**
 * QUARTERDECK_IMPERSONATE names the contexts (or `*`) in which people ask in their own names: as user `quarterdeck:E-MAIL`
 * and group `quarterdeck:ORGANISATION:ROLE`, or with QUARTERDECK_IMPERSONATE_PREFIX before them. The cluster's own rules for
 * them then have the last word. Throws VALIDATION_ERROR.
 */
export function readNameInCluster(environment: Environment): NameInCluster {
  const contexts = (environment.QUARTERDECK_IMPERSONATE ?? '').split(',').flatMap((name) => name.trim() || []);
  const prefix = environment.QUARTERDECK_IMPERSONATE_PREFIX || usualPrefix;
  if (prefix.startsWith('system:')) {
    throw new AppError('VALIDATION_ERROR', 'QUARTERDECK_IMPERSONATE_PREFIX begins with system:, as the cluster’s own names do.', {
      hint: 'Choose another one.',
    });
  }
  if (contexts.length === 0) return workbenchName;
  return ({ id, organisation, role }, cluster) => {
    // Who has no role here (the workbench itself, a person alone) has no name of their own there.
    if (organisation === null || role === undefined || !(contexts.includes('*') || contexts.includes(cluster))) return null;
    return { user: `${prefix}${id}`, groups: [`${prefix}${organisation}:${role}`] };
  };
}
