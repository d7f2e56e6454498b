import { fetchText } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import * as z from 'zod';
import type { OidcOptions } from './oidc-options.ts';
import { digestOf, newSecret } from './opaque-secrets.ts';

/** How long somebody may take at the issuer. */
const transactionSeconds = 600;

/** Somebody as their issuer vouches for them. */
export interface FederatedPerson {
  issuer: string;
  subject: string;
  email: string;
  name: string;
  groups: string[];
}

/** Who asks by an access token of their issuer, and what it narrows them to. */
export interface FederatedAccess extends Pick<FederatedPerson, 'issuer' | 'subject'> {
  scopes: string[];
}

const accessSchema = z.object({ sub: z.string(), scope: z.string().default('') });

const transactionSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/** Only the first four are said by whoever a token belongs to; all else is left where it is. */
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  email: z.email().optional(),
  email_verified: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional(),
  name: z.string().optional(),
});

/** Logins at one issuer: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636, RFC 9700). */
export class OidcLogin {
  readonly name: string;
  /** The issuer's own address. */
  readonly url: string;
  readonly roles: OidcOptions['roles'];
  private readonly options: OidcOptions;
  private readonly cache: SharedMemory['cache'];
  private configuration: Promise<openid.Configuration> | null = null;
  private keys: ReturnType<typeof createRemoteJWKSet> | null = null;

  constructor(options: OidcOptions, { cache }: Pick<SharedMemory, 'cache'>) {
    this.name = options.name;
    this.url = options.issuer.href.replace(/\/$/, '');
    this.roles = options.roles;
    this.options = options;
    this.cache = cache;
  }

  /** Where to send the browser, and what it has to come back with in a cookie. `origin`: of this workbench. */
  async start(origin: string, signal: AbortSignal): Promise<{ url: string; transaction: string; seconds: number }> {
    const configuration = await this.discover(signal);
    const transaction = newSecret();
    const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()];
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri(origin),
      scope: this.options.scopes,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    await this.cache.set(keyOf(transaction), JSON.stringify({ state, nonce, verifier }), transactionSeconds * 1000);
    return { url: url.href, transaction, seconds: transactionSeconds };
  }

  /** Whom the issuer sent back. Each transaction counts once. Throws AUTH_REQUIRED with what is wrong. */
  async finish(
    transaction: string | null,
    { origin, answer }: { origin: string; answer: Record<string, string | undefined> },
    signal: AbortSignal,
  ): Promise<FederatedPerson> {
    const text = transaction === null ? null : await this.cache.take(keyOf(transaction));
    if (text === null) throw failed('This login was not begun in this browser, or took too long.');
    const { state, nonce, verifier } = transactionSchema.parse(JSON.parse(text));
    const url = new URL(redirectUri(origin));
    for (const [name, value] of Object.entries(answer)) if (value !== undefined) url.searchParams.set(name, value);
    const configuration = await this.discover(signal);
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(configuration, url, checks).catch((thrown: unknown) => {
      throw failed(`${this.name} did not let you in.`, thrown);
    });
    const claims: Record<string, unknown> = { ...tokens.claims() };
    return this.personOf(await this.completed(configuration, claims, tokens.access_token));
  }

  /** What an access token (a JWT, RFC 9068) says that the issuer made for this audience; null for every other. */
  async accessOf(token: string, audience: string, signal: AbortSignal): Promise<FederatedAccess | null> {
    const { issuer, jwks_uri: address } = (await this.discover(signal)).serverMetadata();
    if (address === undefined) return null;
    this.keys ??= createRemoteJWKSet(new URL(address), {
      [customFetch]: (url, { method, headers, signal: ended }) =>
        this.fetch(url, { method, headers: Object.fromEntries(headers), signal: ended, body: undefined, redirect: 'manual' }),
    });
    try {
      const { payload } = await jwtVerify(token, this.keys, { issuer, audience, requiredClaims: ['exp', 'sub'] });
      const { sub, scope } = accessSchema.parse(payload);
      return { issuer, subject: sub, scopes: scope.split(' ').filter(Boolean) };
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      return null; // Not of this issuer, not for us, changed, or over.
    }
  }

  /** Issuers that keep id-tokens small tell the rest when asked. */
  private async completed(configuration: openid.Configuration, claims: Record<string, unknown>, accessToken: string): Promise<Record<string, unknown>> {
    const complete = claims.email !== undefined && claims[this.options.groupsClaim] !== undefined;
    if (complete || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more = await openid.fetchUserInfo(configuration, accessToken, String(claims.sub)).catch((thrown: unknown) => {
      throw failed(`${this.name} did not say who you are.`, thrown);
    });
    return { ...more, ...claims };
  }

  private personOf(told: Record<string, unknown>): FederatedPerson {
    const claims = claimsSchema.safeParse(told);
    if (!claims.success) throw failed(`What ${this.name} says of you is not understood.`, claims.error);
    const { iss, sub, email, email_verified: verified = false, name } = claims.data;
    if (email === undefined || !verified) throw failed(`${this.name} does not vouch for your e-mail address.`);
    const groups = z.union([z.array(z.string()), z.string().transform((group) => [group])]).safeParse(told[this.options.groupsClaim]);
    return { issuer: iss, subject: sub, email, name: name ?? email, groups: groups.data ?? [] };
  }

  /** What is known of the issuer; asked again where it could not be reached. */
  private async discover(signal: AbortSignal): Promise<openid.Configuration> {
    this.configuration ??= this.readConfiguration();
    try {
      const configuration = await this.configuration;
      signal.throwIfAborted();
      return configuration;
    } catch (thrown) {
      this.configuration = null;
      throw failed(`${this.name} can't be reached.`, thrown);
    }
  }

  private readConfiguration(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    const authentication = clientSecret === null ? openid.None() : openid.ClientSecretBasic(clientSecret);
    return openid.discovery(issuer, clientId, {}, authentication, {
      [openid.customFetch]: (url, options) => this.fetch(url, options),
      // Only an issuer on this machine may be one of plain HTTP.
      execute: issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [],
    });
  }

  private async fetch(url: string, { method, headers, body, signal }: openid.CustomFetchOptions): Promise<Response> {
    const { status, text } = await fetchText({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      ...(body === null || body === undefined ? {} : { body: String(body) }),
      certificateAuthority: this.options.certificateAuthority,
      proxyUrl: null,
      signal: signal ?? new AbortController().signal,
    });
    return new Response(text, { status, headers: { 'content-type': 'application/json' } });
  }
}

function redirectUri(origin: string): string {
  return `${origin}/api/auth/oidc/callback`;
}

function keyOf(transaction: string): string {
  return `oidc/${digestOf(transaction)}`;
}

function failed(message: string, cause?: unknown): AppError {
  return new AppError('AUTH_REQUIRED', message, { hint: 'Begin again, or log in with e-mail address and password.', cause });
}
