import { dangerOfRequest, type JudgedRequest } from '@quarterdeck/cluster';
import type { RealRequest } from './decide.ts';
import type { Protection } from './protection.ts';

/**
 * What a request to the API server does, as the gate decides upon it. Protected is what lies in a protected namespace,
 * what changes rights or reaches a node (the way around every namespace), what deletes something of the whole cluster,
 * and what can be read in more than one way.
 */
export function realRequest(judged: JudgedRequest, { namespaces }: Pick<Protection, 'namespaces'>): RealRequest {
  const { info } = judged;
  const { danger } = dangerOfRequest(judged);
  const place = info === null || info.resource === null ? null : info.namespace;
  const isProtected = info === null || danger === 'privilege' || (place === null ? danger === 'destructive' : namespaces.has(place));
  return { danger, dryRun: info?.dryRun ?? false, isProtected };
}
