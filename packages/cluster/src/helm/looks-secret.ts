import { isSecretName } from '../redaction/secret-names.ts';

/** What a key ends in that names where a secret is, or how it is used, and not the secret itself. */
const references = new Set(
  'name names ref refs path file files url uri endpoint seconds expiration ttl type policy size length enabled create created mount mounted annotations labels'.split(
    ' ',
  ),
);
/** Further names that charts give to secrets. */
const secretPairs = new Set(['encryption key', 'signing key', 'connection string', 'auth key']);
/** Below such a key everything is secret. */
const containers = new Set(['secret', 'secrets', 'password', 'passwords', 'token', 'tokens', 'credential', 'credentials']);

/** Whether what a key (or the name of an environment variable) holds is probably a secret: `adminPassword`, `API_KEY`; not `secretName`. */
export function looksSecret(key: string): boolean {
  const words = wordsOf(key);
  // `imagePullSecrets: [registry]` names Secrets.
  if (words[0] === 'existing' || words.includes('pull') || references.has(words.at(-1) ?? '')) return false;
  return isSecretName(key) || words.some((word, i) => word === 'pass' || secretPairs.has(`${word} ${words[i + 1] ?? ''}`));
}

export function holdsSecrets(key: string): boolean {
  return containers.has(key.toLowerCase());
}

/** Whether a key below `secrets:` only says which or whether. */
export function isReference(key: string): boolean {
  return references.has(wordsOf(key).at(-1) ?? '') || wordsOf(key)[0] === 'existing';
}

/** `dbAdminPassword`, `DB_ADMIN_PASSWORD` and `db.admin-password` as db, admin, password. */
function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}
