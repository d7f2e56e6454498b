import { parseRefusal } from '../admission/refusal.ts';

/** https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go */
export const forbidden =
  /is forbidden: User "(?<user>[^"]+)" cannot (?<verb>\w+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?/;

/** Whether a message hands on that the API server refused something. */
export function isRefusal(message: string): boolean {
  return forbidden.test(message) || parseRefusal(message) !== null;
}
