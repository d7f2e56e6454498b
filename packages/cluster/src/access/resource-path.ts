import { AppError, groupOf, type ResourceKind } from '@quarterdeck/contract';

/** The collection of a kind: `/apis/apps/v1/namespaces/shop/deployments`; the namespace is ignored for cluster-scoped kinds. */
export function collectionPath(kind: Pick<ResourceKind, 'apiVersion' | 'plural' | 'namespaced'>, namespace: string | null): string {
  const root = groupOf(kind.apiVersion) === '' ? '/api' : '/apis';
  const version = kind.apiVersion.split('/').map(segment).join('/');
  const scope = kind.namespaced && namespace !== null ? `/namespaces/${segment(namespace)}` : '';
  return `${root}/${version}${scope}/${segment(kind.plural)}`;
}

export function objectPath(kind: Pick<ResourceKind, 'apiVersion' | 'plural' | 'namespaced'>, namespace: string | null, name: string): string {
  return `${collectionPath(kind, namespace)}/${segment(name)}`;
}

export function podsPath(namespace: string): string {
  return `/api/v1/namespaces/${segment(namespace)}/pods`;
}

export function podPath(namespace: string, pod: string): string {
  return `${podsPath(namespace)}/${segment(pod)}`;
}

export function logPath(namespace: string, pod: string): string {
  return `/api/v1/namespaces/${segment(namespace)}/pods/${segment(pod)}/log`;
}

export function secretPath(namespace: string, name: string): string {
  return `/api/v1/namespaces/${segment(namespace)}/secrets/${segment(name)}`;
}

/** A name from outside must stay one segment: encoding does not touch dots. */
function segment(text: string): string {
  if (text === '' || text === '.' || text === '..')
    throw new AppError('VALIDATION_ERROR', `"${text}" is not a name.`, { hint: 'Give the name of an object or namespace.' });
  return encodeURIComponent(text);
}
