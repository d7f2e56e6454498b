import * as z from 'zod';

const claimsSchema = z.object({
  iss: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  exp: z.number().optional(),
  iat: z.number().optional(),
  nonce: z.string().optional(),
});
export type IdTokenClaims = z.infer<typeof claimsSchema>;

/** What an id-token says of itself, unchecked: checking it is the API server's to do. Null where it is no JWT. */
export function claimsOf(idToken: string): IdTokenClaims | null {
  const claims = claimsSchema.safeParse(decode(idToken.split('.')[1] ?? ''));
  return claims.success ? claims.data : null;
}

/** Epoch milliseconds; null where the token does not say. */
export function expiryOf(idToken: string): number | null {
  const seconds = claimsOf(idToken)?.exp;
  return seconds === undefined ? null : seconds * 1000;
}

/** When it was given, to tell which of two is newer. Epoch milliseconds. */
export function issuedAt(idToken: string): number {
  const claims = claimsOf(idToken);
  return (claims?.iat ?? claims?.exp ?? Number.NEGATIVE_INFINITY) * 1000;
}

/** What an id-token must say that was got for us just now. A null nonce: none was sent. */
export interface ExpectedClaims {
  issuer: string;
  clientId: string;
  nonce: string | null;
}

/** It came over TLS from the issuer itself, so its signature need not be checked here (OpenID Connect Core 1.0, 3.1.3.7); the API server does. */
export function checkIdToken(idToken: string, { issuer, clientId, nonce }: ExpectedClaims, failed: (what: string) => Error): void {
  const claims = claimsOf(idToken);
  const wrong = (what: string) => failed(`failed: the id-token ${what}`);
  if (claims === null) throw wrong('is no JWT');
  if (nonce !== null && claims.nonce !== nonce) throw wrong('belongs to another login');
  if (claims.iss !== issuer) throw wrong(`is from ${claims.iss ?? 'nobody'}`);
  if (![claims.aud].flat().includes(clientId)) throw wrong(`is not for the client ${clientId}`);
}

/** The error of JSON.parse quotes its input, so it goes no further. */
function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
