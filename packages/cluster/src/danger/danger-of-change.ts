import type { ChangeRequest, Danger } from '@quarterdeck/contract';
import { requestInfo } from '../proxy/request-info.ts';
import { dangerOfRequest } from './danger-of-request.ts';

/** How dangerous the request is that a change becomes. */
export function dangerOfChange({ method, path, query, body }: ChangeRequest): Danger {
  const parameters = new URLSearchParams(query);
  return dangerOfRequest({ info: requestInfo(method, `${path}?${parameters}`), query: parameters, body });
}
