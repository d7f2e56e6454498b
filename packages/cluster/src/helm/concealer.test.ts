import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Concealer } from './concealer.ts';
import { looksSecret } from './looks-secret.ts';

const hidden = /^<hidden [\da-f]{6}>$/;

it.each([
  ['password', true],
  ['adminPassword', true],
  ['POSTGRES_PASSWORD', true],
  ['s3.secretKey', true],
  ['apiKey', true],
  ['APIKey', true],
  ['privateKey', true],
  ['secretName', false],
  ['existingSecret', false],
  ['existingSecretPasswordKey', false],
  ['secretKeyRef', false],
  ['imagePullSecrets', false],
  ['tokenExpirationSeconds', false],
  ['publicKey', false],
  ['compass', false],
])('%s looks secret: %s', (key, expected) => {
  expect(looksSecret(key)).toBe(expected);
});

describe('values', () => {
  const shown = (values: Record<string, unknown>) => parse(new Concealer().values(values));

  it('lose what their keys say is secret, at any depth, and keep the rest', () => {
    const values = {
      replicas: 2,
      db: { user: 'keeper', password: 'geheim', port: 5432 },
      tokens: ['one', 'two'],
      auth: { apiKey: 12345, passwordEnabled: true },
    };
    expect(shown(values)).toEqual({
      replicas: 2,
      db: { user: 'keeper', password: expect.stringMatching(hidden), port: 5432 },
      tokens: [expect.stringMatching(hidden), expect.stringMatching(hidden)],
      auth: { apiKey: expect.stringMatching(hidden), passwordEnabled: true },
    });
  });

  it('lose everything below a key like secrets, but for names and switches', () => {
    expect(shown({ secrets: { create: true, name: 'login', session: 'geheim' } })).toEqual({
      secrets: { create: true, name: 'login', session: expect.stringMatching(hidden) },
    });
  });

  it('lose variables with a secret name, passwords in addresses and private keys', () => {
    const values = {
      env: [
        { name: 'DB_PASSWORD', value: 'geheim' },
        { name: 'MODE', value: 'storm' },
      ],
      database: 'postgres://keeper:geheim@db:5432/lamp',
      tls: '-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----',
    };
    const text = new Concealer().values(values);
    expect(text).not.toMatch(/geheim|MII/);
    expect(parse(text)).toMatchObject({
      env: [{ name: 'DB_PASSWORD' }, { value: 'storm' }],
      database: expect.stringMatching(/^postgres:\/\/keeper:<hidden .*>@db/),
    });
  });

  it('keep references to Secrets', () => {
    const values = { imagePullSecrets: [{ name: 'registry' }], valueFrom: { secretKeyRef: { name: 'login', key: 'password' } }, password: '' };
    expect(shown(values)).toEqual(values);
  });
});

describe('a manifest', () => {
  const secret = (password: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\ndata:\n  anything: ${btoa(password)}\n`;
  const plain = '# Source: lantern/settings.yaml\napiVersion: v1\nkind: ConfigMap\ndata: { mode: "storm" }\n';

  it('loses all data of Secrets and keeps what is not secret as it was written', () => {
    const concealer = new Concealer();
    const shown = concealer.manifest(`---\n${plain}---\n${secret('hunter2-geheim')}`);
    expect(shown).toContain(plain);
    expect(shown).toMatch(/anything: <hidden/);
    expect(concealer.count).toBe(1);
  });

  it('shows the same mark for the same value and another one for another', () => {
    const concealer = new Concealer();
    const [one, same, other] = ['a-secret-1', 'a-secret-1', 'a-secret-2'].map((password) => concealer.manifest(secret(password)));
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it('lets what was secret in values not come back in texts, plain or as base64', () => {
    const concealer = new Concealer();
    concealer.values({ password: 'hunter2-geheim' });
    expect(concealer.text(`log in with hunter2-geheim or ${btoa('hunter2-geheim')}`)).not.toMatch(/hunter2|aHVudGVy/);
    expect(concealer.manifest('kind: ConfigMap\ndata:\n  url: http://x?k=hunter2-geheim\n')).not.toContain('hunter2');
  });

  it('that is no YAML in one part is shown without it', () => {
    const shown = new Concealer().manifest(`kind: Secret\n  data: {{ broken\n---\n${plain}`);
    expect(shown).not.toContain('broken');
    expect(shown).toContain('storm');
  });
});
