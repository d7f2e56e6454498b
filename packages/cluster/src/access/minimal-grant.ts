import type { AccessQuestion } from '@quarterdeck/contract';
import { stringify } from 'yaml';

const api = 'rbac.authorization.k8s.io';

/**
 * The least that allows one request, as YAML: a Role with its RoleBinding in the namespace, or a ClusterRole with its
 * ClusterRoleBinding where the request is across namespaces. Verbs that can't be limited to a name are not: the API
 * server does not know it when it decides on them (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).
 */
export function minimalGrant(question: AccessQuestion, user: string): string {
  const { verb, group, resource, namespace, name } = question;
  const scope = namespace === undefined ? {} : { namespace };
  const prefix = namespace === undefined ? 'Cluster' : '';
  const metadata = { name: grantName(question), ...scope };
  const named = name === undefined || unnamed.has(verb) ? {} : { resourceNames: [name] };
  const role = { apiVersion: `${api}/v1`, kind: `${prefix}Role`, metadata, rules: [{ apiGroups: [group], resources: [resource], ...named, verbs: [verb] }] };
  const binding = {
    apiVersion: `${api}/v1`,
    kind: `${prefix}RoleBinding`,
    metadata,
    roleRef: { apiGroup: api, kind: role.kind, name: metadata.name },
    subjects: [subjectOf(user)],
  };
  return [role, binding].map((each) => stringify(each)).join('---\n');
}

const unnamed: ReadonlySet<string> = new Set(['create', 'list', 'watch', 'deletecollection']);

function grantName({ verb, resource, name }: AccessQuestion): string {
  return [verb, ...resource.split('/'), ...(name === undefined || unnamed.has(verb) ? [] : [name])].join('-').toLowerCase();
}

function subjectOf(user: string): object {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  return name === undefined ? { kind: 'User', name: user, apiGroup: api } : { kind: 'ServiceAccount', name, namespace };
}
