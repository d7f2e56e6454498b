import { AppError, type LoginConsent, type LoginOffer } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import { type BegunLogin, type LoginFacts, loginView, wishOf } from './login-view.ts';

const consent: LoginConsent = {
  id: 'a'.repeat(64),
  command: ['/bin/login'],
  environment: [],
  files: [],
  server: 'https://api',
  proxy: null,
  serverChecked: true,
};
const begun: BegunLogin = {
  url: 'https://issuer/authorize?state=1',
  issuer: 'https://issuer',
  server: 'https://api',
  expiresAt: '2026-01-01T12:05:00Z',
  opened: true,
};
const browser = (change: { waiting?: boolean; failure?: string } = {}): LoginOffer => ({
  kind: 'browser',
  issuer: 'https://issuer',
  server: 'https://api',
  waiting: false,
  failure: null,
  ...change,
});
const unreachable = new AppError('CLUSTER_UNREACHABLE', 'https://issuer does not answer.', { hint: 'Check the VPN.' });
const nothing: LoginFacts = { offer: undefined, offerError: null, begun: undefined, beginError: null };

describe('what is shown of a login', () => {
  it.each<[string, Partial<LoginFacts>, object]>([
    ['nothing to press before the server has said what helps', {}, { kind: 'asking' }],
    ['the old way where the server can not be asked', { offerError: unreachable }, { kind: 'retry' }],
    ['the old way where nothing else helps', { offer: { kind: 'none' } }, { kind: 'retry' }],
    ['a program that waits for its person is not disturbed', { offer: { kind: 'program' } }, { kind: 'program' }],
    ['what an imported kubeconfig wants', { offer: { kind: 'consent', consent } }, { kind: 'consent', consent }],
    ['the issuer and who gets the token', { offer: browser() }, { kind: 'logIn', issuer: 'https://issuer', server: 'https://api', failure: null }],
    ['the page of a login that waits', { offer: browser({ waiting: true }), begun }, { kind: 'waiting', begun }],
    ['that another page began the one that waits', { offer: browser({ waiting: true }) }, { kind: 'waiting', begun: null }],
    ['why a login came to nothing', { offer: browser({ failure: 'Refused.' }), begun }, { kind: 'logIn', failure: 'Refused.' }],
    ['the way back in where the next login is needed', { offer: browser(), begun }, { kind: 'logIn', failure: null }],
    [
      'why none could be begun, while an older one waits',
      { offer: browser({ waiting: true }), beginError: unreachable },
      { kind: 'logIn', failure: 'https://issuer does not answer. Check the VPN.' },
    ],
  ])('%s', (_, facts, expected) => {
    expect(loginView({ ...nothing, ...facts })).toMatchObject(expected);
  });
});

it('says in a few words what a kubeconfig wants', () => {
  expect(wishOf(consent, en.logins.wishes)).toBe('run a program');
  expect(wishOf({ ...consent, files: ['/a', '/b'] }, en.logins.wishes)).toBe('run a program and read 2 files');
  expect(wishOf({ ...consent, command: null, files: ['/a'] }, en.logins.wishes)).toBe('read 1 file');
});
