import { randomBytes } from 'node:crypto';
import { AppError, toAppError } from '@quarterdeck/contract';
import { createSigningKey, deleteSigningKey, readSigningKeys, type SecretStore, type StoredSession, type StoredSigningKey } from '@quarterdeck/storage';
import { type CompactJWSHeaderParameters, type CryptoKey, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import type { Logger } from 'pino';
import * as z from 'zod';

const algorithm = 'EdDSA';
const issuer = 'quarterdeck';
const audience = 'quarterdeck-api';
const type = 'at+jwt';

/** A key signs so long, and is known so long after: longer than any token that it signed lives. Milliseconds. */
const signingSpan = 30 * 86_400_000;
const overlap = 2 * 3_600_000;

export interface ProgramTokensOptions {
  db: Parameters<typeof readSigningKeys>[0];
  /** Opened when a token is signed for the first time: most workbenches never sign one. */
  secrets(): Promise<SecretStore>;
  now(): number;
  log: Logger;
}

/** Signed tokens for programs (JWT, Ed25519), each naming a session: when that is ended, the token is worth nothing. */
export class ProgramTokens {
  private readonly options: ProgramTokensOptions;
  private current: { stored: StoredSigningKey; key: CryptoKey } | null = null;
  private readonly known = new Map<string, CryptoKey>();

  constructor(options: ProgramTokensOptions) {
    this.options = options;
  }

  /** The token that shows a session, and ends with it. */
  async issue({ id, user, createdAt, expiresAt }: StoredSession): Promise<string> {
    const { stored, key } = await this.signingKey();
    return new SignJWT()
      .setProtectedHeader({ alg: algorithm, kid: stored.kid, typ: type })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(user)
      .setJti(id)
      .setIssuedAt(Math.floor(createdAt / 1000))
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(key);
  }

  /** The session that a token shows; null for one that is not ours, was changed, or is over. */
  async sessionOf(token: string): Promise<string | null> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.verifyingKey(header), {
        algorithms: [algorithm],
        issuer,
        audience,
        typ: type,
        requiredClaims: ['exp', 'iat', 'sub', 'jti'],
        currentDate: new Date(this.options.now()),
      });
      return claimsSchema.parse(payload).jti;
    } catch (thrown) {
      if (isStorageFault(thrown)) throw thrown;
      return null;
    }
  }

  private async signingKey(): Promise<{ stored: StoredSigningKey; key: CryptoKey }> {
    const now = this.options.now();
    if (this.current !== null && this.current.stored.createdAt > now - signingSpan) return this.current;
    const [newest, ...older] = await readSigningKeys(this.options.db);
    if (newest !== undefined && newest.createdAt <= now - overlap) for (const key of older) await this.forget(key.kid);
    const kept = newest !== undefined && newest.createdAt > now - signingSpan ? await this.privateKey(newest) : null;
    this.current = kept ?? (await this.newKey(now));
    return this.current;
  }

  /** Null where it can't be opened any more: then a new one takes its place, and tokens that it signed still count. */
  private async privateKey(stored: StoredSigningKey): Promise<{ stored: StoredSigningKey; key: CryptoKey } | null> {
    const secrets = await this.options.secrets();
    const text = await secrets.get(secretName(stored.kid)).catch((thrown: unknown) => {
      this.options.log.warn({ err: toAppError(thrown) }, 'The key that signs tokens can’t be opened; a new one is made.');
      return null;
    });
    return text === null ? null : { stored, key: await keyOf(jwkSchema.parse(JSON.parse(text))) };
  }

  private async newKey(now: number): Promise<{ stored: StoredSigningKey; key: CryptoKey }> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
    const stored = { kid: randomBytes(12).toString('hex'), publicKey: { ...(await exportJWK(publicKey)) }, createdAt: now };
    const secrets = await this.options.secrets();
    await secrets.put(secretName(stored.kid), JSON.stringify(await exportJWK(privateKey)), now);
    await createSigningKey(this.options.db, stored);
    return { stored, key: privateKey };
  }

  private async forget(kid: string): Promise<void> {
    this.known.delete(kid);
    await deleteSigningKey(this.options.db, kid);
    await (await this.options.secrets()).delete(secretName(kid));
  }

  private async verifyingKey({ kid = '' }: CompactJWSHeaderParameters): Promise<CryptoKey> {
    const known = this.known.get(kid);
    if (known !== undefined) return known;
    const stored = (await readSigningKeys(this.options.db)).find((key) => key.kid === kid);
    if (stored === undefined) throw new AppError('AUTH_REQUIRED', 'The token is signed with a key that is not ours.');
    const key = await keyOf(jwkSchema.parse(stored.publicKey));
    this.known.set(kid, key);
    return key;
  }
}

/** An Ed25519 key (RFC 8037, section 2). */
const jwkSchema = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string().optional() });

const claimsSchema = z.object({ jti: z.string() });

function keyOf({ d, ...jwk }: z.infer<typeof jwkSchema>): Promise<CryptoKey> {
  return importJWK(d === undefined ? jwk : { ...jwk, d }, algorithm);
}

function secretName(kid: string): string {
  return `signing-key/${kid}`;
}

function isStorageFault(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'STORAGE_UNAVAILABLE';
}
