import { parseForbidden } from '../../access/forbidden.ts';
import type { AuthServer } from '../log-fact.ts';
import { isServerLog } from '../server-log.ts';
import { group, type Signature } from '../signature.ts';

function refused(id: string, server: AuthServer, pattern: RegExp): Signature {
  return {
    id,
    pattern,
    read: (match) => (isServerLog(match.input) ? null : { kind: 'auth-failed', server, user: group(match, 'user') }),
  };
}

/** How servers refuse a name and a password. */
export const credentialSignatures: readonly Signature[] = [
  refused('redis', 'redis', /\bWRONGPASS\b|\bNOAUTH\b|ERR invalid password|ERR AUTH <password> called without/),
  refused(
    'postgres',
    'postgres',
    /(?:password|SCRAM|peer|ident|LDAP) authentication failed for user "(?<user>[^"]+)"|role "(?<role>[^"]+)" does not exist|no pg_hba\.conf entry/,
  ),
  refused('mysql', 'mysql', /Access denied for user '(?<user>[^']+)'/),
  refused(
    'mongodb',
    'mongodb',
    /MongoServerError: Authentication failed|not authorized on \w+ to execute command|SCRAM authentication failed|AuthenticationFailed|UserNotFound/,
  ),
  refused('rabbitmq', 'rabbitmq', /ACCESS_REFUSED|PLAIN login refused|invalid credentials(?:.*amqp|.*user '(?<user>[^']+)')/i),
  refused(
    'kafka',
    'kafka',
    /SaslAuthenticationException|SASL authentication (?:error|failed)|Authentication failed during authentication due to invalid credentials/,
  ),
  refused('nats', 'nats', /nats: (?:authorization violation|user authentication)|Authorization Violation/),
  refused('s3', 's3', /SignatureDoesNotMatch|InvalidAccessKeyId|The Access Key Id you provided does not exist/),
  refused('ldap', 'ldap', /LDAP[^\n]*(?:error code 49|invalid credentials)|data 52e/i),
  refused('smtp', 'smtp', /\b535[ -]5\.7\.8|SMTPAuthenticationError|Username and Password not accepted/),
  refused(
    'http',
    'http',
    /\b401 (?:Unauthorized|Client Error)|HTTP(?:\/\d(?:\.\d)?)? 401\b|status(?: code)?[ :=]+(?:401)\b|server returned error: HTTP\/1\.[01] 401/i,
  ),
];

export const kubernetesSignatures: readonly Signature[] = [
  {
    id: 'rbac-forbidden',
    pattern: /User \\*"[^"]+" cannot /,
    read(match) {
      const request = parseForbidden(match.input);
      return request === null ? null : { kind: 'forbidden', ...request };
    },
  },
];

export const tlsSignatures: readonly Signature[] = [
  tls('expired', /certificate (?:has )?expired|CERT_HAS_EXPIRED|certificate is not yet valid|CertificateExpiredException|NotAfter:/i),
  tls(
    'unknown-authority',
    /unknown authority|self[- ]signed certificate|unable to get (?:local )?issuer certificate|UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|PKIX path building failed|unable to find valid certification path/i,
  ),
  tls(
    'hostname',
    /hostname mismatch|certificate is (?:not )?valid for|doesn't match either of|ERR_TLS_CERT_ALTNAME_INVALID|no alternative certificate subject name|No subject alternative (?:DNS )?name/i,
  ),
  tls('other', /CERTIFICATE_VERIFY_FAILED|certificate verify failed|x509: |bad certificate|tls: failed to verify/i),
];

function tls(reason: 'expired' | 'unknown-authority' | 'hostname' | 'other', pattern: RegExp): Signature {
  return {
    id: `tls-${reason}`,
    pattern,
    read: (match) =>
      /TLS handshake error from/.test(match.input)
        ? null
        : { kind: 'tls-verify', reason, host: /https:\/\/(?:[^\s/@]*@)?([a-zA-Z0-9.-]+)/.exec(match.input)?.[1] ?? null },
  };
}
