import { AppError } from '@quarterdeck/contract';
import type { Transport } from '../transport/transport.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** The API server behind an access. Throws READ_ONLY for a recording, which has none. */
export function apiOf(access: Pick<ClusterAccess, 'api' | 'id'>): Transport {
  if (access.api !== null) return access.api;
  throw new AppError('READ_ONLY', `${access.id} is a recording: there is no cluster behind it.`, { hint: 'Select a cluster that is connected live.' });
}
