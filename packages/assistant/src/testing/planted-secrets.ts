/** A kind of secret: how it looks, the name it stands behind, and whether its form alone tells what it is. */
export interface SecretKind {
  id: string;
  name: string;
  known: boolean;
  make(random: Random): string;
  /** What must not be seen of it; left out, all of it. */
  core?(secret: string): string;
}

/** Numbers from 0 to 1, the same for the same seed. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const small = 'abcdefghijklmnopqrstuvwxyz';
const capital = small.toUpperCase();
const digits = '0123456789';
const hex = `${digits}abcdef`;
const word = `${small}${capital}${digits}`;

function draw(random: Random, letters: string, length: number): string {
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');
}

function password(random: Random): string {
  return `${draw(random, small, 4)}${draw(random, digits, 2)}-${draw(random, word, 5)}!${draw(random, digits, 1)}`;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const token = (beginning: string, letters: string, length: number) => (random: Random) => beginning + draw(random, letters, length);
const pem = (label: string) => (random: Random) =>
  `-----BEGIN ${label}-----\n${Array.from({ length: 3 }, () => draw(random, `${word}+/`, 64)).join('\n')}\n-----END ${label}-----`;
const secondLine = (secret: string) => secret.split('\n')[1] ?? secret;
const address = (scheme: string, user: string, host: string) => (random: Random) => `${scheme}://${user}:${password(random)}@${host}`;
const inAddress = (secret: string) => /:([^:@/]+)@/.exec(secret)?.[1] ?? secret;
const jwt = (random: Random) =>
  [base64('{"alg":"RS256","typ":"JWT"}'), base64(`{"sub":"${draw(random, small, 8)}"}`).replaceAll('=', ''), draw(random, `${word}-_`, 43)].join('.');

/** Put together at run time: nothing in this file has the form of a live key. */
export const secretKinds: readonly SecretKind[] = [
  { id: 'password', name: 'DB_PASSWORD', known: false, make: password },
  { id: 'short password', name: 'ADMIN_PASS', known: false, make: (random) => draw(random, small + digits, 7) + draw(random, digits, 1) },
  {
    id: 'passphrase',
    name: 'KEY_PASSPHRASE',
    known: false,
    make: (random) => `${draw(random, small, 7)}-${draw(random, small, 6)}-${draw(random, digits, 3)}`,
  },
  { id: 'number as password', name: 'DOOR_PASSCODE', known: false, make: (random) => `7${draw(random, digits, 9)}` },
  { id: 'JWT', name: 'SESSION_JWT', known: true, make: jwt },
  { id: 'service account token', name: 'token', known: true, make: jwt },
  { id: 'AWS access key', name: 'AWS_ACCESS_KEY_ID', known: true, make: token('AKIA', capital + digits, 16) },
  { id: 'AWS secret key', name: 'AWS_SECRET_ACCESS_KEY', known: true, make: (random) => `a1B${draw(random, `${word}`, 37)}` },
  { id: 'AWS session token', name: 'AWS_SESSION_TOKEN', known: false, make: token('IQoJ', `${word}+/`, 120) },
  { id: 'Google API key', name: 'MAPS_API_KEY', known: true, make: token('AIza', `${word}-_`, 35) },
  { id: 'Google OAuth token', name: 'access_token', known: true, make: token('ya29.', `${word}-_`, 60) },
  { id: 'Google client secret', name: 'GOOGLE_CLIENT_SECRET', known: true, make: token('GOCSPX-', `${word}-_`, 28) },
  { id: 'Azure storage key', name: 'AccountKey', known: false, make: (random) => `${draw(random, `${word}+/`, 86)}==` },
  { id: 'Azure client secret', name: 'AZURE_CLIENT_SECRET', known: true, make: (random) => `${draw(random, word, 3)}8Q~${draw(random, `${word}~_.`, 33)}x` },
  { id: 'GitHub token', name: 'GITHUB_TOKEN', known: true, make: token('ghp_', word, 36) },
  { id: 'GitHub fine-grained token', name: 'GH_PAT', known: true, make: token('github_pat_', word, 60) },
  { id: 'GitLab token', name: 'CI_TOKEN', known: true, make: token('glpat-', `${word}-_`, 20) },
  { id: 'Slack token', name: 'SLACK_TOKEN', known: true, make: (random) => `xoxb-${draw(random, digits, 12)}-${draw(random, word, 24)}` },
  {
    ...{ id: 'Slack webhook', name: 'SLACK_WEBHOOK_URL', known: true, core: (secret: string) => secret.split('/').at(-1) ?? secret },
    make: (random) => `https://hooks.slack.com/services/T${draw(random, capital, 8)}/B${draw(random, capital, 8)}/${draw(random, word, 24)}`,
  },
  {
    ...{ id: 'Discord webhook', name: 'DISCORD_WEBHOOK_URL', known: true, core: (secret: string) => secret.split('/').at(-1) ?? secret },
    make: (random) => `https://discord.com/api/webhooks/${draw(random, digits, 18)}/${draw(random, `${word}-_`, 68)}`,
  },
  { id: 'Stripe key', name: 'STRIPE_KEY', known: true, make: token(`sk_${'live'}_`, word, 24) },
  { id: 'SendGrid key', name: 'SENDGRID_API_KEY', known: true, make: (random) => `SG.${draw(random, `${word}-_`, 22)}.${draw(random, `${word}-_`, 43)}` },
  { id: 'Twilio token', name: 'TWILIO_AUTH_TOKEN', known: false, make: token('', hex, 32) },
  { id: 'Mailgun key', name: 'MAILGUN_KEY', known: true, make: token('key-', hex, 32) },
  { id: 'npm token', name: '_authToken', known: true, make: token('npm_', word, 36) },
  { id: 'PyPI token', name: 'TWINE_PASSWORD', known: true, make: token('pypi-', `${word}-_`, 120) },
  { id: 'Docker Hub token', name: 'DOCKER_PASSWORD', known: true, make: token('dckr_pat_', `${word}-_`, 27) },
  { id: 'registry login', name: 'auth', known: false, make: (random) => base64(`robot:${password(random)}`) },
  { id: 'Hugging Face token', name: 'HF_TOKEN', known: true, make: token('hf_', word, 34) },
  { id: 'OpenAI key', name: 'OPENAI_API_KEY', known: true, make: token('sk-proj-', `${word}-_`, 48) },
  { id: 'Anthropic key', name: 'ANTHROPIC_API_KEY', known: true, make: token('sk-ant-api03-', `${word}-_`, 80) },
  { id: 'Datadog key', name: 'DD_API_KEY', known: false, make: token('', hex, 32) },
  { id: 'New Relic key', name: 'NEW_RELIC_LICENSE_KEY', known: true, make: token('NRAK-', capital + digits, 27) },
  { id: 'Grafana token', name: 'GRAFANA_TOKEN', known: true, make: token('glsa_', word, 32) },
  { id: 'Vault token', name: 'VAULT_TOKEN', known: true, make: token('hvs.', `${word}-_`, 90) },
  { id: 'Terraform token', name: 'TF_TOKEN', known: true, make: (random) => `${draw(random, word, 14)}.atlasv1.${draw(random, `${word}-_`, 64)}` },
  { id: 'DigitalOcean token', name: 'DO_TOKEN', known: true, make: token('dop_v1_', hex, 64) },
  { id: 'Databricks token', name: 'DATABRICKS_TOKEN', known: true, make: token('dapi', hex, 32) },
  { id: 'Telegram token', name: 'BOT_TOKEN', known: true, make: (random) => `${draw(random, digits, 10)}:AA${draw(random, `${word}-_`, 33)}` },
  { id: 'age key', name: 'SOPS_AGE_KEY', known: true, make: token('AGE-SECRET-KEY-1', capital + digits, 58) },
  { id: 'RSA private key', name: 'tls.key', known: true, make: pem('RSA PRIVATE KEY'), core: secondLine },
  { id: 'OpenSSH private key', name: 'id_rsa', known: true, make: pem('OPENSSH PRIVATE KEY'), core: secondLine },
  { id: 'private key in base64', name: 'client-key-data', known: true, make: (random) => base64(pem('EC PRIVATE KEY')(random)) },
  { id: 'kubeadm token', name: 'bootstrap-token', known: false, make: (random) => `${draw(random, small + digits, 6)}.${draw(random, small + digits, 16)}` },
  { id: 'PostgreSQL address', name: 'DATABASE_URL', known: true, make: address('postgres', 'app', 'db.shop:5432/shop'), core: inAddress },
  { id: 'MongoDB address', name: 'MONGO_URI', known: true, make: address('mongodb+srv', 'app', 'cluster0.example.net/shop'), core: inAddress },
  { id: 'Redis address', name: 'REDIS_URL', known: true, make: address('redis', '', 'cache:6379/0'), core: inAddress },
  { id: 'AMQP address', name: 'BROKER_URL', known: true, make: address('amqp', 'app', 'mq.shop:5672'), core: inAddress },
  {
    ...{ id: 'JDBC address', name: 'JDBC_URL', known: true, core: (secret: string) => secret.split('password=')[1] ?? secret },
    make: (random) => `jdbc:postgresql://db:5432/shop?user=app&password=${password(random)}`,
  },
  {
    ...{ id: 'bearer header', name: 'Authorization', known: true, core: (secret: string) => secret.slice(7) },
    make: (random) => `Bearer ${draw(random, `${word}-_`, 40)}`,
  },
  {
    ...{ id: 'basic header', name: 'Authorization', known: true, core: (secret: string) => secret.slice(6) },
    make: (random) => `Basic ${base64(`admin:${password(random)}`)}`,
  },
  { id: 'password hash', name: 'HTPASSWD', known: true, make: token('$2b$12$', `${word}./`, 53) },
];

/** Where a secret can stand: given the kind and the secret, a text as a cluster or a person would have it. */
export interface SecretCarrier {
  id: string;
  form: 'text' | 'yaml' | 'json' | 'log' | 'value';
  /** Whether nothing but the form of the secret tells that it is one. */
  bare?: boolean;
  carry(kind: SecretKind, secret: string): unknown;
}

const oneLine = (secret: string) => secret.replaceAll('\n', '\\n');
const indented = (secret: string, depth: number) => secret.split('\n').join(`\n${' '.repeat(depth)}`);
const yamlText = (secret: string, depth: number) => (secret.includes('\n') ? `|\n${' '.repeat(depth)}${indented(secret, depth)}` : JSON.stringify(secret));

function deployment(name: string, value: string) {
  const container = {
    name: 'app',
    image: 'registry.example/app:1',
    env: [
      { name: 'PORT', value: '8080' },
      { name, value },
    ],
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { spec: { containers: [container] } } } };
}

export const secretCarriers: readonly SecretCarrier[] = [
  { id: 'variable of a container', form: 'value', carry: ({ name }, secret) => deployment(name, secret) },
  {
    ...{ id: 'variable in YAML', form: 'yaml' },
    carry: ({ name }, secret) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      env:\n        - name: ${name}\n          value: ${yamlText(secret, 12)}\n`,
  },
  {
    id: 'option of a command',
    form: 'value',
    carry: ({ name }, secret) => ({ spec: { containers: [{ args: ['serve', `--${name.toLowerCase()}=${secret}`] }] } }),
  },
  { id: 'next argument', form: 'value', carry: ({ name }, secret) => ({ spec: { containers: [{ args: [`--${name.toLowerCase()}`, secret] }] } }) },
  {
    ...{ id: 'data of a Secret', form: 'yaml' },
    carry: ({ name }, secret) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\ndata:\n  ${name}: ${base64(secret)}\n`,
  },
  {
    ...{ id: 'data of a Secret in JSON', form: 'text' },
    carry: ({ name }, secret) => `kubectl said: ${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', stringData: { [name]: secret } })}`,
  },
  {
    ...{ id: 'Secret that a person pasted', form: 'text' },
    carry: ({ name }, secret) => `Why does this not work?\n\napiVersion: v1\nkind: Secret\nstringData:\n  ${name}: ${yamlText(secret, 4)}\ntype: Opaque\n`,
  },
  {
    ...{ id: 'last applied configuration', form: 'value' },
    carry: ({ name }, secret) => ({
      metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ kind: 'Secret', data: { [name]: base64(secret) } }) } },
    }),
  },
  { id: 'annotation', form: 'value', carry: ({ name }, secret) => ({ metadata: { annotations: { [`example.com/${name.toLowerCase()}`]: secret } } }) },
  {
    ...{ id: 'file in a ConfigMap', form: 'value' },
    carry: ({ name }, secret) => ({ kind: 'ConfigMap', data: { 'app.properties': `server.port=8080\n${name}=${oneLine(secret)}\nlog.level=info\n` } }),
  },
  {
    ...{ id: 'JSON in a ConfigMap', form: 'value' },
    carry: ({ name }, secret) => ({ kind: 'ConfigMap', data: { 'app.json': JSON.stringify({ port: 8080, db: { [name]: secret } }) } }),
  },
  { id: 'Helm values', form: 'yaml', carry: ({ name }, secret) => `replicas: 2\nauth:\n  user: app\n  ${name}: ${yamlText(secret, 4)}\nimage:\n  tag: "1"\n` },
  {
    ...{ id: 'kubeconfig in a ConfigMap', form: 'value' },
    carry: ({ name }, secret) => ({ data: { config: `apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    ${name}: ${yamlText(secret, 6)}\n` } }),
  },
  { id: 'field of a custom resource', form: 'value', carry: ({ name }, secret) => ({ kind: 'Database', spec: { admin: { user: 'root', [name]: secret } } }) },
  { id: 'assignment in a log', form: 'log', carry: ({ name }, secret) => `2026-05-04T10:00:00Z starting with ${name}=${oneLine(secret)} port=8080` },
  { id: 'JSON in a log', form: 'log', carry: ({ name }, secret) => JSON.stringify({ level: 'debug', msg: 'config', [name]: secret }) },
  {
    ...{ id: 'quoted JSON in a log', form: 'log' },
    carry: ({ name }, secret) => `level=debug body="{\\"user\\":\\"app\\",\\"${name}\\":\\"${oneLine(secret)}\\"}" took=3ms`,
  },
  { id: 'event', form: 'value', carry: ({ name }, secret) => ({ reason: 'Failed', message: `Error: hook failed: ${name}=${oneLine(secret)}: exit status 1` }) },
  { id: 'command in a question', form: 'text', carry: ({ name }, secret) => `I ran \`app --${name.toLowerCase()}="${oneLine(secret)}"\` and it fails` },
  {
    ...{ id: 'lines of a log as a list', form: 'value' },
    carry: ({ name }, secret) => ({ lines: ['2026-05-04T10:00:00Z starting', ...`2026-05-04T10:00:01Z ${name}=${secret}`.split('\n')] }),
  },
  { id: 'name of something', form: 'value', bare: true, carry: (_kind, secret) => ({ kind: 'Pod', metadata: { name: secret, labels: { [secret]: 'x' } } }) },
  { id: 'prose', form: 'log', bare: true, carry: (_kind, secret) => `could not use ${secret} for the upstream, giving up` },
  { id: 'base64 in prose', form: 'log', bare: true, carry: (_kind, secret) => `payload ${base64(`value ${secret}`)} was refused` },
];
