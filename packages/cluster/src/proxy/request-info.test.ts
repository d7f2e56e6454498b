import { describe, expect, it } from 'vitest';
import { onlyReads, requestInfo } from './request-info.ts';

function brief(method: string, target: string): string | null {
  const info = requestInfo(method, target);
  if (info === null) return null;
  if (info.resource === null) return `${info.verb} ${info.path}`;
  const { verb, apiGroup, apiVersion, namespace, resource, name, subresource } = info;
  return `${verb} ${apiGroup}/${apiVersion} ${namespace ?? '*'} ${resource} ${name ?? '*'} ${subresource || '-'}`;
}

describe('requestInfo', () => {
  // The rows up to `deletecollection` are those of kube-apiserver's own requestinfo_test.go.
  it.each([
    ['GET', '/api/v1/namespaces', 'list /v1 * namespaces * -'],
    ['GET', '/api/v1/namespaces/other', 'get /v1 other namespaces other -'],
    ['GET', '/api/v1/namespaces/other/pods', 'list /v1 other pods * -'],
    ['GET', '/api/v1/namespaces/other/pods/foo', 'get /v1 other pods foo -'],
    ['HEAD', '/api/v1/namespaces/other/pods/foo', 'get /v1 other pods foo -'],
    ['GET', '/api/v1/pods', 'list /v1 * pods * -'],
    ['HEAD', '/api/v1/pods', 'list /v1 * pods * -'],
    ['GET', '/api/v1/proxy/namespaces/other/pods/foo', 'proxy /v1 other pods foo -'],
    ['GET', '/api/v1/namespaces/other/pods/foo/proxy/subpath/not/a/subresource', 'get /v1 other pods foo proxy'],
    ['GET', '/api/v1/watch/pods', 'watch /v1 * pods * -'],
    ['GET', '/api/v1/watch/namespaces/other/pods', 'watch /v1 other pods * -'],
    ['GET', '/api/v1/pods?watch=true', 'watch /v1 * pods * -'],
    ['GET', '/api/v1/pods?watch=1', 'watch /v1 * pods * -'],
    ['GET', '/api/v1/pods?watch=false', 'list /v1 * pods * -'],
    ['GET', '/api/v1/namespaces/other/pods/foo/status', 'get /v1 other pods foo status'],
    ['PUT', '/api/v1/namespaces/other/finalize', 'update /v1 other namespaces other finalize'],
    ['PUT', '/api/v1/namespaces/other/status', 'update /v1 other namespaces other status'],
    ['PATCH', '/api/v1/namespaces/other/pods/foo', 'patch /v1 other pods foo -'],
    ['DELETE', '/api/v1/namespaces/other/pods/foo', 'delete /v1 other pods foo -'],
    ['POST', '/api/v1/namespaces/other/pods', 'create /v1 other pods * -'],
    ['DELETE', '/api/v1/nodes', 'deletecollection /v1 * nodes * -'],
    ['DELETE', '/api/v1/namespaces/other/pods', 'deletecollection /v1 other pods * -'],
    ['GET', '/apis/apps/v1/namespaces/other/deployments/foo/scale', 'get apps/v1 other deployments foo scale'],
    ['POST', '/api/v1/namespaces/other/pods/foo/exec?command=sh', 'create /v1 other pods foo exec'],
    ['GET', '/api/v1/secrets?fieldSelector=metadata.name%3Dlogin', 'list /v1 * secrets login -'],
    ['GET', '/api/v1/namespaces/o%74her/pods/', 'list /v1 other pods * -'],
    ['GET', '/api/v1', 'get /api/v1'],
    ['GET', '/apis/apps/v1', 'get /apis/apps/v1'],
    ['GET', '/', 'get /'],
    ['GET', '/version?timeout=32s', 'get /version'],
    ['POST', '/logs/x/y', 'post /logs/x/y'],
  ])('%s %s', (method, target, expected) => {
    expect(brief(method, target)).toBe(expected);
  });

  it.each([
    ['GET', '/api/v1/namespaces/a/../b/secrets'],
    ['GET', '/api/v1/namespaces/a/%2e%2e/b/secrets'],
    ['GET', '/api/v1/namespaces/a%2Fsecrets'],
    ['GET', '/api/v1//secrets'],
    ['GET', '//evil.example/api/v1/secrets'],
    ['GET', 'http://evil.example/api/v1/secrets'],
    ['GET', '/api/v1/%ff'],
    ['GET', '/api/v1/proxy'],
    ['TRACE', '/api/v1/pods'],
  ])('%s %s is nothing that a client sends', (method, target) => {
    expect(requestInfo(method, target)).toBeNull();
  });
});

it.each([
  ['GET', '/api/v1/pods?watch=true', true],
  ['GET', '/version', true],
  ['POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', true],
  ['PATCH', '/apis/apps/v1/namespaces/a/deployments/b?dryRun=All', true],
  ['PATCH', '/apis/apps/v1/namespaces/a/deployments/b', false],
  ['GET', '/api/v1/namespaces/a/pods/b/exec?command=sh', false],
  ['GET', '/api/v1/namespaces/a/services/b/proxy/delete-all', false],
  ['GET', '/api/v1/proxy/namespaces/a/services/b', false],
  ['POST', '/anything', false],
])('%s %s only reads: %s', (method, target, expected) => {
  const info = requestInfo(method, target);
  expect(info !== null && onlyReads(info)).toBe(expected);
});
