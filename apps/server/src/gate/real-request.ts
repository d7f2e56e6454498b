import { dangerOfRequest, type JudgedRequest } from '@quarterdeck/cluster';
import type { RealRequest } from './decide.ts';
import type { Protection } from './protection.ts';

/** What a request to the API server does, as the gate decides upon it. What can be read in more than one way is protected too. */
export function realRequest(judged: JudgedRequest, { namespaces }: Pick<Protection, 'namespaces'>): RealRequest {
  const { info } = judged;
  const { danger } = dangerOfRequest(judged);
  const place = info === null || info.resource === null ? null : info.namespace;
  return { danger, dryRun: info?.dryRun ?? false, isProtected: info === null || (place !== null && namespaces.has(place)) };
}
