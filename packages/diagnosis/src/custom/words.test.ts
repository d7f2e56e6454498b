import { describe, expect, it } from 'vitest';
import { faultyCondition } from './conditions.ts';
import { missingByMessage } from './message-references.ts';
import { isFailing } from './state-word.ts';

const condition = (type: string, status: string, reason = '', message = '') => ({ type, status, reason, message, changedAt: null, observedGeneration: null });

describe('words of custom resources', () => {
  it.each([
    'Failed',
    'SyncFailed',
    'CREATE_FAILED',
    'Error',
    'degraded',
    'Not Ready',
    'unhealthy',
    'PartiallyFailed',
    'HEALTH_ERR',
    'red',
    'CrashLoopBackOff',
    'ErrorUnschedulable',
  ])('%s is a failure', (word) => {
    expect(isFailing(word)).toBe(true);
  });

  it.each([
    'Running',
    'Ready',
    'NoError',
    'no errors',
    'Failover',
    'Active',
    'Pending',
    'failed to reach the backend at https://example.com after 30 retries and more',
  ])('%s is none', (word) => {
    expect(isFailing(word)).toBe(false);
  });

  it.each([
    ['Ready False', [condition('Ready', 'False', 'Boom')], 'failing Ready'],
    ['a negative condition beside Ready True', [condition('Ready', 'True'), condition('Stalled', 'True')], 'failing Stalled'],
    ['a part False where nothing sums up', [condition('DatabaseReady', 'False')], 'failing DatabaseReady'],
    ['a part False where Ready is True', [condition('Ready', 'True'), condition('ProxyReady', 'False')], null],
    ['Unknown', [condition('Ready', 'Unknown', 'Progressing')], 'undecided Ready'],
    ['a negative condition False', [condition('Degraded', 'False'), condition('Available', 'True')], null],
    ['a terminal one of a cloud operator', [condition('ACK.Terminal', 'True')], 'failing ACK.Terminal'],
    ['an unknown type', [condition('EtcdIsVoter', 'False'), condition('Active', 'False')], null],
    ['scaled to zero by intent', [condition('Ready', 'False', 'ScaledToZero')], null],
    ['a summary without words', [condition('Ready', 'False'), condition('SecretsReady', 'False', 'Gone', 'secret "a" not found')], 'failing SecretsReady'],
  ])('%s', (_name, conditions, verdict) => {
    const found = faultyCondition(conditions);
    expect(found === null ? null : `${found.verdict} ${found.condition.type}`).toBe(verdict);
  });

  it.each([
    ['secrets "db-auth" not found', ['Secret shop/db-auth']],
    ['could not get storageclass.storage.k8s.io "fast" not found', ['StorageClass fast']],
    ['Referenced "Issuer" not found: issuer.cert-manager.io "letsencrypt" not found', ['Issuer shop/letsencrypt']],
    ['Secret other/db-auth was not found', ['Secret other/db-auth']],
    ['ConfigMap "settings" does not exist', ['ConfigMap shop/settings']],
    ['connection refused', []],
  ])('%s names what is missing', (message, expected) => {
    const lookup = (kind: string) => (kind.toLowerCase() === 'issuer' ? { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', namespaced: true } : null);
    const found = missingByMessage(message, 'shop', lookup).map(({ kind, namespace, name }) => `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`);
    expect([...new Set(found)]).toEqual(expected);
  });
});
