import type { KubeObject } from '@quarterdeck/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactObject } from './redact-object.ts';
import { redactText } from './redact-text.ts';

/** Put together at run time: nothing in this file has the form of a live key. */
const made = {
  jwt: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJhZG1pbiJ9', 'c2lnbmF0dXJlLW9mLWl0'].join('.'),
  aws: `AKIA${'ABCD'.repeat(4)}`,
  github: `ghp_${'a1b2c3'.repeat(6)}`,
  gitlab: `glpat-${'x9y8z7w6v5'.repeat(2)}`,
  model: `sk-proj-${'Q1w2E3r4T5'.repeat(3)}`,
  pem: `-----BEGIN RSA PRIVATE KEY-----\nMIIEow${'Ab1+'.repeat(20)}\n-----END RSA PRIVATE KEY-----`,
  password: 'hunter2-Prod!9',
};

describe('redactText', () => {
  it.each([
    ['a variable', `DB_PASSWORD=${made.password} starting`, made.password],
    ['a connection string', `jdbc:postgresql://db/app?user=app&password=${made.password}`, made.password],
    ['a URL', `redis://:${made.password}@cache:6379/0`, made.password],
    ['a URL with a user', `amqp://app:${made.password}@mq.shop:5672`, made.password],
    ['a header', `Authorization: Basic ${made.password}`, made.password],
    ['a header in JSON', `{"authorization":"Bearer ${made.jwt}"}`, made.jwt],
    ['a cookie', `Set-Cookie: session=${made.password}; Path=/`, made.password],
    ['a JWT', `got ${made.jwt} from issuer`, made.jwt],
    ['an AWS key', `key id ${made.aws}.`, made.aws],
    ['a GitHub token', `cloning with ${made.github}`, made.github],
    ['a GitLab token', made.gitlab, made.gitlab],
    ['a model key', `OPENAI ${made.model}`, made.model],
    ['a private key', `loaded ${made.pem} ok`, 'MIIEow'],
    ['JSON', `{"password":"${made.password}","user":"app"}`, made.password],
    ['YAML', `client_secret: ${made.password}`, made.password],
    ['an option', `exec app --api-key=${made.password} --port=80`, made.password],
    ['a kubeadm token', 'kubeadm join --token abcdef.0123456789abcdef', '0123456789abcdef'],
  ])('hides %s', (_name, text, secret) => {
    const result = redactText(text);
    expect(result).not.toContain(secret);
    expect(result).toContain('[redacted]');
  });

  it.each([
    'secret "db-login" not found',
    'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found',
    "couldn't find key password in Secret shop/db-login",
    'automountServiceAccountToken=true',
    'invalid token: unexpected end of input',
    'tokenExpirationSeconds=3600 secretName=web-tls',
    'GET http://api.shop.svc:8080/health 503',
    'POSTGRES_PASSWORD_FILE=/run/secrets/pg',
    'PASSWORD=$(DB_PASSWORD)',
    'pulling image registry.example/app:1.2.3',
    'Secret: shop/db-login',
    'TOKEN_SERVICE=auth-service.shop SECRET_STORE=vault-backend-1 CREDENTIALS_PROVIDER=aws-sts-2',
    'authorization: rbac',
    'tokens: 1500 max_tokens: 4096',
    'Use the --password flag to set it',
    'cache_key=user:42 partition-key=orders',
    'io.netty.channel.AbstractChannelHandlerContext2.invokeChannelRead',
    'secretKeyRef:\n  name: db-login\n  key: password',
    'sk-learn-serving-7d9f8b6c5-x2x4z is not ready',
    'registry.example.com/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('leaves what people need to read: %s', (text) => {
    expect(redactText(text, { random: true })).toBe(text);
  });

  it('changes its own result no more, whatever the text', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom(...Object.values(made), 'password=', 'token: "', '://', '@', '\n'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const once = redactText(pieces.join(''));
        expect(redactText(once)).toBe(once);
      }),
    );
  });

  it.each([
    ...[
      'password',
      'password=',
      'password: ',
      '"password":"',
      "password='",
      '--password ',
      'name: password value: ',
      'value: x name: ',
      'eyJ-',
      'sk-',
      'a://b:',
      'SG.',
      'https://',
    ],
    ...[
      'curl -u ',
      'redis-cli -a',
      'a:1:a:a:',
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN CERTIFICATE-----',
      'kind: Secret\ndata:\n',
      '{"kind":"Secret","data":{',
      '\\"',
      'Aa1',
      'x@y.',
    ],
  ])('is done with 100,000 characters of %j', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    expect(redactText(text, { random: true }).length).toBeLessThanOrEqual(text.length * 12);
  });
});

describe('redactObject', () => {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'token-service', namespace: 'shop', labels: { app: 'secret-store' }, annotations: { note: `password=${made.password}` } },
    ...{
      spec: {
        serviceAccountName: 'token-reader',
        volumes: [{ name: 'tls', secret: { secretName: 'web-tls' } }],
        containers: [
          {
            name: 'app',
            args: ['--password', made.password, '--token-file', '/run/t', `--dsn=${made.password}`],
            env: [
              { name: 'DB_PASSWORD', value: made.password },
              { name: 'EMPTY_PASSWORD', value: '' },
              { name: 'DB_URL', value: `postgres://app:${made.password}@db:5432/shop` },
              { name: 'REF_TOKEN', valueFrom: { secretKeyRef: { name: 'db-login', key: 'token' } } },
              { name: 'PORT', value: '8080' },
            ],
          },
        ],
      },
    },
  };

  it('hides values and keeps names, references, hosts and what is empty', () => {
    const result = redactObject(pod);
    const text = JSON.stringify(result);
    expect(text).not.toContain(made.password);
    expect(result.metadata).toMatchObject({ name: 'token-service', labels: { app: 'secret-store' } });
    expect(result).toMatchObject({
      spec: {
        serviceAccountName: 'token-reader',
        volumes: [{ name: 'tls', secret: { secretName: 'web-tls' } }],
        containers: [
          {
            args: ['--password', '[redacted]', '--token-file', '/run/t', '--dsn=[redacted]'],
            env: [
              { name: 'DB_PASSWORD', value: '[redacted]' },
              { name: 'EMPTY_PASSWORD', value: '' },
              { name: 'DB_URL', value: 'postgres://app:[redacted]@db:5432/shop' },
              { name: 'REF_TOKEN', valueFrom: { secretKeyRef: { name: 'db-login', key: 'token' } } },
              { name: 'PORT', value: '8080' },
            ],
          },
        ],
      },
    });
  });

  it('hides keys of ConfigMaps by their name and secrets inside the others', () => {
    const configMap: KubeObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'app' },
      ...{ data: { 'api-key': 'x', 'app.ini': `[db]\npassword = ${made.password}\nhost = db` } },
    };
    expect(redactObject(configMap)).toMatchObject({ data: { 'api-key': '[redacted]', 'app.ini': '[db]\npassword = [redacted]\nhost = db' } });
  });
});
