import { describe, expect, it } from 'vitest';
import { parseImage, repositoryOf } from './image-name.ts';
import { nearMiss } from './near-name.ts';

describe('nearMiss', () => {
  it.each([
    ['billing-db-credential', ['billing-db-credentials', 'tls'], 'billing-db-credentials'],
    ['app-setings', ['app-settings'], 'app-settings'],
    ['app_config', ['app-config', 'app-conf2'], 'app-config'],
    ['ofo', ['foo'], 'foo'],
    ['appconfigs', ['app-config', 'web'], 'app-config'],
    ['billing-dbs', ['billing-db', 'billing-db', 'other'], 'billing-db'],
    ['app-settings', ['kube-root-ca.crt', 'app-secrets'], null],
    ['db', ['db1', 'db2'], null],
    ['api', ['web'], null],
  ])('%s among %j', (name, candidates, expected) => {
    expect(nearMiss(name, candidates)).toBe(expected);
  });
});

describe('parseImage', () => {
  it('tells a registry port from a tag', () => {
    expect(parseImage('registry.local:5000/shop/api')).toEqual({ registry: 'registry.local:5000', repository: 'shop/api', tag: null, digest: null });
    expect(parseImage('local/nginx:1.27-rc9')).toEqual({ registry: 'docker.io', repository: 'local/nginx', tag: '1.27-rc9', digest: null });
    expect(parseImage('ghcr.io/a/b:2@sha256:ab').digest).toBe('sha256:ab');
    expect(repositoryOf('nginx:1')).toBe(repositoryOf('library/nginx:2'));
  });
});
