import { AppError } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { type ConnectionFacts, connectionState, type ListFacts } from './connection-state.ts';

const facts: ConnectionFacts = { recordedAt: null, phase: 'connected', error: null, silence: null, loginProgress: null, deadApis: [], lists: [] };
const refused = new AppError('CLUSTER_UNREACHABLE', 'connection refused');
const forbidden = new AppError('FORBIDDEN', 'You may not list secrets.');
const expired = new AppError('CLUSTER_AUTH_FAILED', 'The token has expired.', { hint: 'Run `login`.' });
const list = (what: string, state: ListFacts['state'], error: AppError | null = null): ListFacts => ({ what, state, error });

it.each<[string, Partial<ConnectionFacts>, object]>([
  ['nobody asked for', { phase: 'idle' }, { state: 'idle', remedy: 'Select it to connect.' }],
  ['being connected', { phase: 'connecting' }, { state: 'connecting', reason: null }],
  [
    'whose login waits for its person',
    { phase: 'connecting', loginProgress: 'Open https://login.example' },
    { state: 'authNeeded', reason: 'Open https://login.example' },
  ],
  ['without lists', {}, { state: 'live', reason: null, remedy: null }],
  ['recorded', { recordedAt: '2026-01-01T00:00:00Z', phase: 'idle' }, { state: 'recording', remedy: null }],
  ['out of reach', { phase: 'failed', error: refused }, { state: 'offline', reason: 'connection refused' }],
  ['with an expired login', { phase: 'failed', error: expired }, { state: 'authNeeded', remedy: 'Run `login`.' }],
  ['whose login expired later', { lists: [list('pods', 'stale', expired), list('nodes', 'live')] }, { state: 'authNeeded' }],
  ['with a dead API', { deadApis: ['metrics.k8s.io/v1beta1'] }, { state: 'partial', reason: 'APIs that do not answer: metrics.k8s.io/v1beta1.' }],
  ['that fell silent', { silence: refused }, { state: 'stale', reason: 'connection refused' }],
  ['whose login ended while its watches go on', { silence: expired, lists: [list('pods', 'live')] }, { state: 'authNeeded', remedy: 'Run `login`.' }],
  ['whose login ended while nothing was watched', { silence: expired }, { state: 'authNeeded', remedy: 'Run `login`.' }],
  [
    'that may not all be read',
    { lists: [list('secrets', 'failed', forbidden), list('pods', 'live')] },
    { state: 'partial', reason: "Can't be read: secrets." },
  ],
  ['of which one list is lost', { lists: [list('pods', 'stale', refused), list('nodes', 'live')] }, { state: 'partial', reason: "Can't be read: pods." }],
  ['that went away', { lists: [list('pods', 'stale', refused), list('nodes', 'stale', refused)] }, { state: 'stale', reason: 'connection refused' }],
  ['that was never read', { lists: [list('pods', 'failed', refused)] }, { state: 'offline' }],
])('a cluster %s', (_, given, expected) => {
  expect(connectionState({ ...facts, ...given })).toMatchObject(expected);
});
