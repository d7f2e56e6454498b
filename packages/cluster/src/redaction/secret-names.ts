/** Names that people give to secrets: of variables, keys, fields and options. */
const secretWord = new RegExp(
  [
    'passw(?:or)?d|passwd|pwd|passphrase|passcode|requirepass|masterauth|secret|token|credential|connection[_-]?string',
    '(?:api|access|private|account|client|encryption|signing|license|licence|hmac|deploy|storage|shared|master|session|webhook|auth)[_-]?key',
  ].join('|'),
  'i',
);
/** `DB_PASS`, `db.pass`, `dbPass`; `DD_APP_KEY`. */
const secretPart = /(?:^|[_.-])(?:pass|pat|sas|jwt|dsn|htpasswd)(?:$|[_.-])|[a-z\d](?:Pass|Dsn|DSN)(?![a-z])|[a-z\d][_-]key$|[A-Z\d]_KEY$/;
const secretPartLoud = /(?:^|_)(?:PASS|PAT|SAS|JWT|DSN|HTPASSWD)(?:$|_)/;
/** Keys of tables, caches and maps, and those that may be known to all. */
const openKey =
  /(?:public|primary|foreign|partition|sort|cache|routing|label|annotation|topology|map|config|group|object|row|shard|dedup\w*|idempotency|message|event|metric|lookup|hot|host|known|search|index)[_-]?keys?$/i;
/** Names that contain such a word and hold no secret: `secretName`, `tokenExpirationSeconds`, `TOKEN_FILE`, `passwordPolicy`, `imagePullSecrets`. */
const harmlessEnding =
  /(?:name|ref|seconds|path|file|dir|type|count|length|policy|url|uri|version|audience|issuer|enabled|disabled|required|expir\w*|ttl|limit|size|usage|bucket|endpoint|template|stdin|id|service|host|server|store|provider|backend|class|mode|format|header|algorithm|prefix|field|method|strategy|kind|namespace|port|address|domain|region|scope)s?$|pull|existing|automount|max[_-]?tokens|tokens?[_-]?(?:used|per|in|out|total)/i;
const passwordWord = /passw(?:or)?d|passwd|pwd|passphrase|passcode|requirepass|masterauth/i;

/** Whether what bears this name is a secret by the custom of names. */
export function isSecretName(name: string): boolean {
  if (/secret[_-]?id$/i.test(name)) return true;
  // `Secret: shop/login` names an object of that kind.
  if (name === 'Secret' || name === 'Secrets') return false;
  if (harmlessEnding.test(name) || openKey.test(name)) return false;
  return secretWord.test(name) || secretPart.test(name) || secretPartLoud.test(name);
}

/** Whether what bears this name is a password, so that even a number is one. */
export function isPasswordName(name: string): boolean {
  return passwordWord.test(name) && isSecretName(name);
}

/** Where a file is. */
const knownPath = /^\/(?:etc|var|run|usr|opt|home|tmp|mnt|srv|proc|secrets?|tls|certs?|config|app|data|vault)\/[\w./-]+$/;
const harmlessValue = /^(?:true|false|null|none|nil|undefined|yes|no|on|off|<\w+>|\[redacted\]|\*{3,}|\{\}|\[\])$/i;

/** Whether a value under such a name says nothing: a switch, a small count, a reference to a variable, what was hidden before. */
export function isHarmlessValue(name: string, value: string): boolean {
  if (value === '' || harmlessValue.test(value) || knownPath.test(value) || isReference(value)) return true;
  return /^\d{1,6}$/.test(value) && !isPasswordName(name);
}

/** `$(DB_PASSWORD)`, `${DB_PASSWORD}`, `$DB_PASSWORD` and `{{ .Values.password }}` refer to a secret and are none. */
export function isReference(value: string): boolean {
  return /^(?:\$[({]\w+[)}]|\$[A-Za-z_]\w*|\{\{[^{}]*\}\})$/.test(value);
}
