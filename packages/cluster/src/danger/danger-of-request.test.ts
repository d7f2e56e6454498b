import { type DangerClass, dangerClasses, isWorse } from '@quarterdeck/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestInfo } from '../proxy/request-info.ts';
import { dangerOfRequest } from './danger-of-request.ts';

function danger(method: string, target: string, body?: unknown) {
  const query = new URLSearchParams(target.split('?')[1] ?? '');
  return dangerOfRequest({ info: requestInfo(method, target), query, body }).danger;
}

const shop = '/api/v1/namespaces/shop';
const apps = '/apis/apps/v1/namespaces/shop';
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const podWith = (spec: object) => ({ kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image: 'a:1' }], ...spec } });

const table: [DangerClass, string, string, unknown?][] = [
  ['read', 'GET', `${shop}/pods`],
  ['read', 'GET', `${shop}/pods?watch=true`],
  ['read', 'GET', `${shop}/pods/a/log?follow=true`],
  ['read', 'GET', '/version'],
  ['read', 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {}],
  ['read', 'POST', '/apis/authentication.k8s.io/v1/tokenreviews', {}],
  ['sensitiveRead', 'GET', `${shop}/secrets`],
  ['sensitiveRead', 'GET', `${shop}/secrets/db`],
  ['sensitiveRead', 'GET', '/api/v1/secrets?watch=1'],
  ['sensitiveRead', 'GET', '/logs/kube-apiserver.log'],
  ['write', 'POST', `${shop}/configmaps`, { metadata: { name: 'a' }, data: { a: 'b' } }],
  ['write', 'PATCH', `${shop}/configmaps/a`, { data: { a: 'b' } }],
  ['write', 'PATCH', `${apps}/deployments/a`, { metadata: { annotations: { note: 'x' } } }],
  ['write', 'POST', `${apps}/deployments`, { metadata: { name: 'a' }, spec: { replicas: 2, template: podWith({}) } }],
  ['write', 'PATCH', '/api/v1/nodes/n1', { spec: { unschedulable: true } }],
  ['disruptive', 'PATCH', `${apps}/deployments/a`, { spec: { template: { metadata: { annotations: { restartedAt: 'now' } } } } }],
  ['disruptive', 'PATCH', `${apps}/deployments/a`, [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'b:1' }]],
  ['disruptive', 'PATCH', `${apps}/deployments/a/scale`, { spec: { replicas: 0 } }],
  ['disruptive', 'PUT', `${shop}/configmaps/a`, { data: {} }],
  ['disruptive', 'PATCH', `${shop}/configmaps/a?force=true&fieldManager=q`, { data: {} }],
  ['disruptive', 'DELETE', `${shop}/pods/a`],
  ['disruptive', 'POST', `${shop}/pods/a/eviction`, {}],
  ['disruptive', 'PATCH', `${shop}/services/a`, { spec: { selector: { app: 'b' } } }],
  ['disruptive', 'PATCH', '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/a', { spec: {} }],
  ['disruptive', 'PATCH', '/api/v1/nodes/n1', { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } }],
  ['execution', 'GET', `${shop}/pods/a/exec?command=env`],
  ['execution', 'POST', `${shop}/pods/a/attach`],
  ['execution', 'GET', `${shop}/pods/a/portforward`],
  ['execution', 'GET', `${shop}/services/a/proxy/admin`],
  ['execution', 'GET', '/api/v1/nodes/n1/proxy/run/shop/a/a'],
  ['execution', 'GET', '/api/v1/proxy/nodes/n1/pods'],
  ['execution', 'PATCH', `${shop}/pods/a/ephemeralcontainers`, { spec: { ephemeralContainers: [] } }],
  ['privilege', 'POST', `${rbac}/namespaces/shop/rolebindings`, {}],
  ['privilege', 'DELETE', `${rbac}/clusterroles/a`],
  ['privilege', 'POST', `${shop}/serviceaccounts/a/token`, {}],
  ['privilege', 'POST', `${shop}/secrets`, { type: 'kubernetes.io/service-account-token' }],
  ['privilege', 'PUT', '/apis/certificates.k8s.io/v1/certificatesigningrequests/a/approval', {}],
  ['privilege', 'PATCH', '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/a', {}],
  ['privilege', 'PATCH', '/api/v1/namespaces/shop', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } }],
  ['privilege', 'POST', `${shop}/pods`, podWith({ hostPID: true })],
  ['privilege', 'POST', `${shop}/pods`, podWith({ volumes: [{ name: 'root', hostPath: { path: '/' } }] })],
  ['privilege', 'PATCH', `${apps}/deployments/a`, { spec: { template: { spec: { containers: [{ name: 'a', securityContext: { privileged: true } }] } } } }],
  ['destructive', 'DELETE', '/api/v1/namespaces/shop'],
  ['destructive', 'DELETE', `${apps}/deployments/a`],
  ['destructive', 'DELETE', `${shop}/persistentvolumeclaims/a`],
  ['destructive', 'DELETE', `${shop}/pods`],
  ['destructive', 'DELETE', `${shop}/pods/a?gracePeriodSeconds=0`],
  ['destructive', 'DELETE', `${shop}/pods/a`, { gracePeriodSeconds: 0 }],
  ['destructive', 'DELETE', `${apps}/replicasets/a`, { propagationPolicy: 'Orphan' }],
  ['destructive', 'DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/a'],
  ['destructive', 'PATCH', `${shop}/configmaps/a`, { metadata: { finalizers: null } }],
  ['destructive', 'PATCH', `${shop}/configmaps/a`, [{ op: 'remove', path: '/metadata/finalizers/0' }]],
  ['destructive', 'PATCH', `${shop}/configmaps/a`, [{ op: 'remove', path: '/metadata' }]],
  ['destructive', 'PATCH', `${shop}/configmaps/a`, [{ op: 'replace', path: '', value: { metadata: { finalizers: [] } } }]],
  ['destructive', 'PATCH', `${shop}/configmaps/a`, [{ op: 'move', from: '/metadata/finalizers', path: '/data/a' }]],
  ['destructive', 'PATCH', `${shop}/configmaps/a`, 'metadata: {finalizers: []}'],
  ['destructive', 'PUT', '/api/v1/namespaces/shop/finalize', {}],
  ['destructive', 'POST', '/metrics'],
  ['destructive', 'GET', `${shop}/pods/../secrets`],
];

describe('dangerOfRequest', () => {
  it.each(table)('%s: %s %s', (expected, method, target, body) => {
    expect(danger(method, target, body)).toBe(expected);
  });

  it('has every class in its table', () => {
    expect(new Set(table.map(([expected]) => expected))).toEqual(new Set(dangerClasses));
  });

  it('is never lowered by a parameter, nor by a field more', () => {
    const parameters = [
      'dryRun=All',
      'force=true',
      'fieldManager=x',
      'gracePeriodSeconds=0',
      'pretty=true',
      'propagationPolicy=Orphan',
      'fieldValidation=Ignore',
    ];
    const fields = fc.dictionary(fc.constantFrom('data', 'metadata2', 'spec2', 'status'), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...table), fc.subarray(parameters), fields, ([, method, target, body], added, more) => {
        const plain = danger(method, target, body);
        const longer = danger(method, [target, added.join('&')].filter(Boolean).join(target.includes('?') ? '&' : '?'), body);
        expect(isWorse(plain, longer)).toBe(false);
        if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
        expect(isWorse(plain, danger(method, target, { ...more, ...body }))).toBe(false);
      }),
    );
  });

  it('does not know an unknown verb or method as a read', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 8 }).filter((method) => !['GET', 'HEAD'].includes(method)),
        (method) => {
          expect(danger(method, `${shop}/pods/a`)).not.toBe('read');
        },
      ),
    );
  });
});
