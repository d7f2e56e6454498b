import type { Obtained } from './credential-cache.ts';
import type { Credentials } from './credentials.ts';
import { claimsOf, expiryOf, issuedAt } from './id-token.ts';
import type { OidcProvider } from './oidc-provider.ts';
import type { IssuedTokens, TokenStore } from './token-store.ts';

/** What the kubeconfig itself has. */
export interface GivenTokens {
  idToken: string | null;
  refreshToken: string | null;
}

export interface OidcUserDependencies {
  store: TokenStore;
  /** Epoch milliseconds. */
  now(): number;
}

/** An id-token that ends within this time is not begun with: clocks differ, and a request takes its time. */
const marginMs = 60_000;

/**
 * The login of an `auth-provider: oidc` user entry: the id-token is used until shortly before it expires, then the
 * refresh-token gets another one (OpenID Connect Core 1.0, section 12). What the issuer gave last is kept in the store,
 * for the next start and for other processes; the kubeconfig stays as it is.
 */
export class OidcUser {
  private readonly provider: OidcProvider;
  private readonly key: string;
  private readonly given: GivenTokens;
  private readonly dependencies: OidcUserDependencies;
  /** Newer than the store where that could not be written. */
  private unsaved: IssuedTokens | null = null;

  constructor(provider: OidcProvider, key: string, given: GivenTokens, dependencies: OidcUserDependencies) {
    this.provider = provider;
    this.key = key;
    this.given = given;
    this.dependencies = dependencies;
  }

  /** Never a token that has expired or was refused. Throws CLUSTER_AUTH_FAILED with `details.login`, CLUSTER_UNREACHABLE (the issuer). */
  async obtain(signal: AbortSignal, refused: Credentials | null): Promise<Obtained> {
    const usable = await this.usable(refused);
    if (usable !== null) return this.obtained(usable);
    const renewed = await this.dependencies.store.exclusively(this.key, signal, async () => {
      // Another process may have renewed it while this one waited.
      return (await this.usable(refused)) ?? this.refresh(refused, signal);
    });
    return this.obtained(renewed);
  }

  /** Takes what a login gave. */
  async keep(tokens: IssuedTokens): Promise<void> {
    this.unsaved = tokens;
    try {
      await this.dependencies.store.write(this.key, tokens);
      this.unsaved = null;
    } catch {
      // A disk that can't be written costs the next start a login, and this one nothing.
    }
  }

  /** The kubeconfig may be newer than the store: somebody logged in again with the tool that wrote it. */
  private async newestFirst(): Promise<GivenTokens[]> {
    const stored = await this.dependencies.store.read(this.key);
    const known = [this.unsaved, stored, this.given].filter((tokens) => tokens !== null);
    return known.sort((one, other) => ageOf(other) - ageOf(one));
  }

  private isUsable(idToken: string | null, refused: Credentials | null): boolean {
    if (idToken === null || refused?.authorization === `Bearer ${idToken}`) return false;
    const expiresAt = expiryOf(idToken);
    return expiresAt !== null && expiresAt - marginMs > this.dependencies.now();
  }

  private async usable(refused: Credentials | null): Promise<string | null> {
    return (await this.newestFirst()).find(({ idToken }) => this.isUsable(idToken, refused))?.idToken ?? null;
  }

  private async refresh(refused: Credentials | null, signal: AbortSignal): Promise<string> {
    const known = await this.newestFirst();
    const candidates = [...new Set(known.map(({ refreshToken }) => refreshToken).filter((token) => token !== null))];
    if (candidates.length === 0) throw this.provider.failed('has no valid id-token, and no refresh-token to get another one');
    const discovery = await this.provider.discover(signal);
    let error = '';
    for (const refreshToken of candidates) {
      const answer = await this.provider.tokens(discovery, { grant_type: 'refresh_token', refresh_token: refreshToken }, signal);
      if ('idToken' in answer) {
        await this.keep({ ...answer, refreshToken: answer.refreshToken ?? refreshToken });
        return answer.idToken;
      }
      error = answer.error;
      // A tool that shares the login without our lock may have used it a moment ago.
      const usable = await this.usable(refused);
      if (usable !== null) return usable;
    }
    throw this.provider.failed(`has ended: the issuer does not renew it (${error})`);
  }

  private obtained(idToken: string): Obtained {
    const { issuer, clientId } = this.provider.settings;
    const { iss = issuer, aud = clientId } = claimsOf(idToken) ?? {};
    const refusal = {
      message: `The cluster does not accept the id-token of ${iss} for the client ${[aud].flat().join(', ')}.`,
      hint: 'The API server must trust exactly this issuer and client (its --oidc flags or authentication configuration). Then log in again.',
      details: { issuer, login: 'browser' },
    };
    return { credentials: { authorization: `Bearer ${idToken}`, clientCertificate: null, clientKey: null, refusal }, expiresAt: expiryOf(idToken) };
  }
}

function ageOf({ idToken }: GivenTokens): number {
  return idToken === null ? Number.NEGATIVE_INFINITY : issuedAt(idToken);
}
