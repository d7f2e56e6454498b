/** What stands in a text where a secret stood. */
export const redacted = '[redacted]';

/** Names that people give to secrets: of variables, keys and options. */
const secretWord = 'passw(?:or)?d|passwd|pwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|client[_-]?key|dsn';
/** Names that contain such a word and hold no secret: `secretName`, `tokenExpirationSeconds`, `TOKEN_FILE`, `passwordPolicy`. */
const harmlessEnding = /(?:name|ref|seconds|path|file|dir|type|count|length|policy|url|uri|version|audience|issuer|enabled|disabled|required|expir\w*|ttl)s?$/i;
const harmlessValue = /^(?:true|false|null|none|nil|yes|no|on|off|\d{1,6}|<\w+>|\$\(?\{?\w+\}?\)?|\[redacted\])$/i;

const secretName = new RegExp(`(?:${secretWord})`, 'i');

/** Whether what bears this name is a secret by the custom of names. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessEnding.test(name);
}

interface Rule {
  pattern: RegExp;
  replace(match: string, ...groups: string[]): string;
}

const quotedOrWord = `\\$[({]\\w+[)}]|"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s,;&"'<>(){}\\[\\]]+`;

/** The whole text of a token with a format of its own. */
const whole = (pattern: RegExp): Rule => ({ pattern, replace: () => redacted });
/** Keeps what stands before the secret. */
const after = (pattern: RegExp): Rule => ({ pattern, replace: (_match, before = '') => `${before}${redacted}` });

/**
 * Formats that are secrets by themselves. Sources: RFC 7519 (JWT), RFC 7468 (PEM), kubeadm's bootstrap tokens, and the
 * formats that the vendors document for their keys.
 */
const formats: readonly Rule[] = [
  whole(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g),
  whole(/\beyJ[\w-]+\.[\w.-]*/g),
  whole(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g),
  whole(
    /\b(?:gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|npm_\w{30,}|dckr_pat_[\w-]{20,}|hf_\w{30,}|AIza[\w-]{35}|ya29\.[\w.-]{16,}|k8s-aws-v1\.[\w-]{8,})/g,
  ),
  whole(/\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])*[\w-]{20,}/g),
  after(/(\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s/:@"']{0,200}:)[^\s/@"']+(?=@)/gi),
  after(/(\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:(?:basic|bearer|digest|negotiate|token|apikey)\s+)?)[^\s"',]+/gi),
  after(/(\bbearer\s+)[\w.~+/=-]{12,}/gi),
  after(/(\bbasic\s+)[\w.~+/=-]{16,}/gi),
  after(/(\b(?:set-)?cookie["']?\s*:\s*["']?)[^\r\n"']+/gi),
  after(/(--?token[= ])[a-z0-9]{6}\.[a-z0-9]{16}\b/g),
];

/** Names are matched whole and judged after: a pattern that looks for the word inside a name takes quadratic time. */
const name = '(?<![\\w.-])([\\w.-]{1,80}';

/** `DB_PASSWORD=x`, `--password=x`, `password=x` of a connection string. */
const assignment: Rule = { pattern: new RegExp(`${name})(\\s{0,9}=\\s{0,9})(${quotedOrWord})`, 'g'), replace: hideNamed };
/** `"password": "x"` and `password: x`, as JSON, YAML and many programs write it. */
const field: Rule = {
  pattern: new RegExp(`${name}["']?)(\\s{0,9}:\\s{0,9})("(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s,;&"'<>(){}\\[\\]]{8,})`, 'g'),
  replace(match, found = '', sign = '', value = '') {
    // Prose: `invalid token: unexpected end`. A secret is quoted here, or has more than letters in it.
    const prose = !/^["']/.test(value) && !/[\d_\-+/=!@#$%^*]/.test(value);
    return prose ? match : hideNamed(match, found, sign, value);
  },
};

function hideNamed(match: string, found = '', sign = '', value = ''): string {
  const bare = value.replace(/^["']|["']$/g, '');
  if (bare === '' || harmlessValue.test(bare) || !isSecretName(found.replace(/["']/g, ''))) return match;
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return `${found}${sign}${quote}${redacted}${quote}`;
}

/** Cheap, and true for every text that any rule could change. */
const suspicious =
  /pass|pwd|secret|token|cred|key|dsn|auth|cookie|bearer|:\/\/|eyJ|AKIA|ASIA|gh[pousr]_|glpat|xox|npm_|dckr|hf_|AIza|ya29|k8s-aws|basic|[spr]k[-_]/i;

/**
 * A text without what looks like a secret: keys with a known format, passwords in URLs and headers, and values behind
 * names such as `DB_PASSWORD`. It errs on the side of hiding. A result is left as it is. No pattern takes more than linear time.
 */
export function redactText(text: string): string {
  if (!suspicious.test(text)) return text;
  return [...formats, assignment, field].reduce((current, { pattern, replace }) => current.replace(pattern, replace), text);
}
