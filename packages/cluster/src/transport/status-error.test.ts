import { describe, expect, it } from 'vitest';
import { connectionError } from './connection-error.ts';
import { statusError } from './status-error.ts';
import type { RequestSubject } from './transport.ts';

const listPods: RequestSubject = { verb: 'list', resource: 'pods', namespace: 'shop' };
const status = (code: number, message: string, details: object = {}) => ({ kind: 'Status', status: 'Failure', code, message, details });

describe('what the server says', () => {
  it.each([
    [401, 'CLUSTER_AUTH_FAILED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [409, 'CONFLICT'],
    [410, 'GONE'],
    [429, 'RATE_LIMITED'],
    [400, 'VALIDATION_ERROR'],
    [422, 'VALIDATION_ERROR'],
    [500, 'CLUSTER_ERROR'],
    [503, 'CLUSTER_ERROR'],
    [418, 'CLUSTER_ERROR'],
  ])('%i becomes %s', (code, expected) => {
    expect(statusError(code, null, listPods).code).toBe(expected);
  });

  it('takes the code inside the Status of a watch event', () => {
    expect(statusError(500, status(410, 'too old resource version'), listPods).code).toBe('GONE');
  });

  it('keeps the time to wait, from the header or from the Status', () => {
    expect(statusError(429, null, listPods, 4).details.retryAfterSeconds).toBe(4);
    expect(statusError(429, status(429, 'busy', { retryAfterSeconds: 2 }), listPods).details.retryAfterSeconds).toBe(2);
  });

  it('repeats what the server said about its own fault', () => {
    expect(statusError(500, status(500, 'etcdserver: request timed out'), listPods).message).toContain('etcdserver: request timed out');
  });
});

describe('what the server says about a change', () => {
  const patchWeb: RequestSubject = { verb: 'patch', resource: 'deployments', namespace: 'shop', name: 'web' };
  const refused = (code: number, message: string, details: object = {}) => statusError(code, status(code, message, details), patchWeb);

  it('tells a missing right from a rule that refuses it to everybody', () => {
    const missing = refused(403, 'deployments.apps "web" is forbidden: User "eve" cannot patch resource "deployments" in API group "apps"');
    expect(missing).toMatchObject({ message: 'You may not patch deployments shop/web.', details: { lacks: { verb: 'patch', resource: 'deployments' } } });
    const rule = refused(403, 'pods "x" is forbidden: exceeded quota: small, requested: pods=1');
    expect(rule.message).toContain('exceeded quota: small');
    expect(rule.details).not.toHaveProperty('lacks');
  });

  it('keeps the causes, and says what to do about them', () => {
    const causes = [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl"', field: '.spec.replicas' }];
    expect(refused(409, 'Apply failed with 1 conflict', { causes })).toMatchObject({
      code: 'CONFLICT',
      details: { causes },
      hint: expect.stringContaining('force'),
    });
    expect(refused(422, 'spec.selector: Invalid value: field is immutable')).toMatchObject({ hint: expect.stringContaining('create it anew') });
    expect(refused(415, 'unknown format')).toMatchObject({ code: 'VALIDATION_ERROR', hint: expect.stringContaining('merge or a JSON patch') });
  });

  it('names the namespace where that is what is missing', () => {
    expect(refused(404, 'namespaces "shop" not found').message).toBe('There is no namespace shop.');
    expect(refused(404, 'deployments.apps "web" not found').message).toBe('Not found: deployments shop/web.');
  });

  it('names the budget that is in the way', () => {
    const causes = [{ reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' }];
    expect(refused(429, 'Cannot evict pod', { causes })).toMatchObject({ code: 'RATE_LIMITED', message: `${causes[0]?.message}.` });
  });
});

describe('what somebody else says in its place', () => {
  it('is repeated where it is a sentence, and left out where it is a page', () => {
    expect(statusError(400, 'Client sent an HTTP request to an HTTPS server.\n', listPods).message).toContain(
      ': Client sent an HTTP request to an HTTPS server.',
    );
    expect(statusError(502, '<html><body>Bad gateway</body></html>', listPods).message).toBe(
      'The cluster could not list pods in the namespace shop (HTTP 502).',
    );
  });
});

describe('what keeps us from the server', () => {
  const coded = (code: string, cause?: unknown) => Object.assign(new Error('raw', { cause }), { code });

  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'no host'],
    ['UND_ERR_CONNECT_TIMEOUT', 'in time'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not signed'],
    ['CERT_HAS_EXPIRED', 'expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'other names'],
    ['UND_ERR_SOCKET', 'broke off'],
  ])('%s is said in plain words', (code, words) => {
    const error = connectionError(coded(code), 'https://10.0.0.1:6443');
    expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining(words), hint: expect.stringMatching(/.+/) });
  });

  it('finds the reason inside causes and inside several addresses tried at once', () => {
    const tried = new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]);
    expect(connectionError(new Error('fetch failed', { cause: tried }), 'https://x').message).toContain('refused');
  });
});
