/** What is looked for in a text. */
interface SecretFormat {
  /** Global. With groups `before` and `secret`, or with neither. */
  pattern: RegExp;
  /** Without one of these in the text it need not be looked for. */
  needs: readonly string[];
}

const needing = (pattern: RegExp, ...needs: string[]): SecretFormat => ({ pattern, needs });

/**
 * Tokens that are secrets by their form. Sources: RFC 7519 (JWT), RFC 7468 (PEM), crypt(5), kubeadm's bootstrap tokens,
 * and what the vendors document of their keys.
 */
const tokens: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /\beyJ[\w-]{5,2000}\.[\w.-]*/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_\w{30,}|github_pat_\w{30,}|gl(?:pat|rt|dt|ptt|ft|soat)-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{10,}|npm_\w{30,}|qdp_[\da-f]{72}|pypi-[\w-]{50,})/g,
  /\b(?:dckr_(?:pat|oat)_[\w-]{20,}|hf_\w{30,}|AIza[\w-]{35}|ya29\.[\w.-]{16,}|GOCSPX-[\w-]{20,}|k8s-aws-v1\.[\w-]{8,}|hv[sbr]\.[\w-]{20,})/g,
  /\b(?:SG\.[\w-]{16,}\.[\w-]{16,}|NRAK-\w{20,}|gl(?:sa|c)_[\w+/=-]{20,}|do[opr]_v1_[a-f\d]{40,}|dapi[a-f\d]{32}|shp(?:at|ca|pa|ss)_[a-f\d]{32}|lin_api_\w{30,})/g,
  /\b(?:pscale_(?:tkn|pw|oauth)_[\w.-]{20,}|sbp_[a-f\d]{40}|sntrys_[\w+/=-]{40,}|PMAK-[a-f\d-]{40,}|ATATT3[\w=-]{40,}|dp\.(?:pt|st|ct|sa)\.[\w.]{30,})/g,
  /\b(?:AGE-SECRET-KEY-1[A-Z\d]{50,}|key-[a-f\d]{32}\b|SK[a-f\d]{32}\b)/g,
  /\b(?:sk|pk|rk)[-_](?=[\w-]{0,60}[A-Z])[\w-]{20,}/g,
  /\$(?:2[abxy]|1|5|6|7|y|apr1|argon2(?:id?|d))\$[^\s:"']{12,}/g,
];

/** Secrets by the place they stand in. */
const places: readonly RegExp[] = [
  /(?<before>\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s/:@"']{0,200}:)(?<secret>[^\s/"'<>]+)(?=@)/gi,
  /(?<before>\bhttps?:\/\/)(?<secret>[^\s/:@"'<>]{16,})(?=@)/gi,
  /(?<before>\bjdbc:oracle:thin:[^/\s]{1,80}\/)(?<secret>[^@\s]{1,200})(?=@)/gi,
  /(?<before>\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)(?<secret>[\w/-]{8,})/gi,
  /(?<before>\bdiscord(?:app)?\.com\/api\/webhooks\/\d{6,}\/)(?<secret>[\w-]{20,})/gi,
  /(?<before>[?&](?:sig|signature|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|key|auth|code)=)(?<secret>[^&\s"'<>]{6,})/gi,
  /(?<before>\b(?:proxy-|x-)?authori[sz]ation\\*["']?\s*(?:[:=]|=>)\s*\\*["']?(?:(?:basic|bearer|digest|negotiate|token|apikey)\s+)?)(?<secret>[^\s"',\\]{8,})/gi,
  /(?<before>\bbearer\s+)(?<secret>[\w.~+/=-]{12,})/gi,
  /(?<before>\bbasic\s+)(?<secret>[\w.~+/=-]{16,})/gi,
  /(?<before>\b(?:set-)?cookie\\*["']?\s*:\s*\\*["']?)(?<secret>[^\r\n"'\\]+)/gi,
  /(?<before>--?token[= ])(?<secret>[a-z0-9]{6}\.[a-z0-9]{16})\b/g,
  /(?<before>(?<![\w.]|\w-)_?auth\\*["']?\s*[:=]\s*\\*["']?)(?<secret>[A-Za-z\d+/]{12,}={0,2})(?![\w.-])/g,
  /(?<before>\blogin\s+\S{1,80}\s+password\s+)(?<secret>\S+)/g,
  /(?<before>\b(?:identified\s+by|password)\s+)(?<secret>'[^'\n]{1,200}')/gi,
  /(?<before>\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =]\s{0,4}["']?[\w.@-]{1,80}:)(?<secret>[^\s"']+)/g,
  /(?<before>\b(?:sshpass\s+-p|redis-cli\b[^\n]{0,100}?\s-a|mysql(?:dump|admin)?\b[^\n]{0,100}?\s-p)\s{0,2})(?<secret>[^\s"']{3,})/g,
  /(?<before>^[\w.*-]{1,200}:(?:\d{1,5}|\*):[\w*-]{1,80}:[\w.-]{1,80}:)(?<secret>[^\s:]+)$/gm,
  /(?<before>\b(?:password|passphrase|passcode|secret|token|api[ -]key)\s+(?:is|was|set to|->)\s*["']?)(?<secret>(?=[^\s"']*[\d!@#$%^&*])[^\s"',;]{5,})/gi,
  /(?<before><(?:\w+:)?\w*(?:password|passwd|secret|token|apikey|api-key)>)(?<secret>[^<\n]{1,400})(?=<\/)/gi,
];

/** These begin with anything, and take long to look for. */
const costly: readonly SecretFormat[] = [
  needing(/\b[A-Za-z\d]{14}\.atlasv1\.[\w-]{40,}/g, '.atlasv1.'),
  needing(/\b\d{8,10}:AA[\w-]{33}\b/g, ':AA'),
  needing(/[\w~.-]{3}8Q~[\w~.-]{30,}/g, '8Q~'),
  needing(/(?<before>(?<![\w.-])[\w.-]{1,80}:)(?<secret>[^\s@/:]{3,200})(?=@(?:tcp|unix)\()/g, '@tcp(', '@unix('),
];

export const secretFormats: readonly SecretFormat[] = [...[...tokens, ...places].map((pattern) => needing(pattern)), ...costly];

/** Cheap, and true for every text that a format or a name could change. */
export const suspicious =
  /pass|pwd|secret|token|cred|key|dsn|auth|cookie|bearer|:\/\/|eyJ|A[KSBC][ICA]A|gh[pousr]_|github_|gl[prdfs]|xox|xapp|npm_|qdp_|pypi|dckr|hf_|AIza|ya29|GOCSPX|k8s-aws|basic|[spr]k[-_]|hv[sbr]\.|SG\.|NRAK|do[opr]_v1|dapi|shp|lin_api|pscale|sbp_|sntrys|ATATT|dp\.|AGE-|SK[a-f\d]|:AA|8Q~|\$(?:\d|y|apr)|jdbc|hooks|discord|sig=|signature|connection|login|identified|pat|sas|jwt|@(?:tcp|unix)|curl|-cli|mysql|:\d+:/i;
