import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { abortError, connectionError } from '../transport/connection-error.ts';
import type { FetchText, TextRequest } from '../transport/fetch-text.ts';
import type { Obtained } from './credential-cache.ts';
import type { Credentials } from './credentials.ts';

/** What a user entry with `auth-provider: oidc` says. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  idToken: string | null;
  refreshToken: string | null;
  proxyUrl: string | null;
  /** Of the issuer, PEM; null trusts what the system trusts. */
  certificateAuthority(): Promise<string | null>;
}

export interface OidcDependencies {
  fetchText: FetchText;
  /** Epoch milliseconds. */
  now(): number;
}

/** An id-token that ends within this time is not begun with. */
const marginMs = 10_000;

const discoverySchema = z.object({
  token_endpoint: z.url({ protocol: /^https$/ }),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
type Discovery = z.infer<typeof discoverySchema>;
const tokensSchema = z.object({ id_token: z.string().min(1), refresh_token: z.string().optional() });
const oauthErrorSchema = z.object({ error: z.string().max(100), error_description: z.string().optional() });
const claimsSchema = z.object({ exp: z.number() });

/**
 * The login of an OpenID Connect provider as older kubeconfigs hold it: the id-token is used until it expires, then
 * the refresh-token gets another one (OpenID Connect Core 1.0, section 12). Renewed tokens stay in memory.
 */
export class OidcUser {
  private readonly settings: OidcSettings;
  private readonly dependencies: OidcDependencies;
  private idToken: string | null;
  private refreshToken: string | null;

  constructor(settings: OidcSettings, dependencies: OidcDependencies) {
    this.settings = settings;
    this.dependencies = dependencies;
    this.idToken = settings.idToken;
    this.refreshToken = settings.refreshToken;
  }

  /** The id-token that is held, unless it has expired or been refused. Throws CLUSTER_AUTH_FAILED, CLUSTER_UNREACHABLE (the issuer). */
  async obtain(signal: AbortSignal, refused: Credentials | null): Promise<Obtained> {
    const held = this.idToken;
    const expiresAt = held === null ? null : expiryOf(held);
    if (held !== null && refused === null && expiresAt !== null && expiresAt - marginMs > this.dependencies.now()) return this.obtained(held, expiresAt);
    const renewed = await this.refresh(signal);
    return this.obtained(renewed, expiryOf(renewed));
  }

  private obtained(idToken: string, expiresAt: number | null): Obtained {
    const refusal = {
      message: `The cluster does not accept the id-token from ${this.settings.issuer}.`,
      hint: 'Check that the API server trusts this issuer and client id, then log in again.',
      details: { issuer: this.settings.issuer },
    };
    return { credentials: { authorization: `Bearer ${idToken}`, clientCertificate: null, clientKey: null, refusal }, expiresAt };
  }

  private async refresh(signal: AbortSignal): Promise<string> {
    const { refreshToken } = this;
    if (refreshToken === null) throw this.failed('has no valid id-token, and no refresh-token to get another one');
    const discovery = await this.discover(signal);
    const tokens = tokensSchema.safeParse(await this.ask(await this.refreshRequest(discovery, refreshToken, signal)));
    if (!tokens.success) throw this.failed('got no id_token from the issuer: the openid scope is missing, or the provider gives none on refresh');
    this.idToken = tokens.data.id_token;
    this.refreshToken = tokens.data.refresh_token || refreshToken;
    return this.idToken;
  }

  private async discover(signal: AbortSignal): Promise<Discovery> {
    const url = `${this.settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const discovery = discoverySchema.safeParse(await this.ask({ url, method: 'GET', ...(await this.route()), signal }));
    if (!discovery.success) throw this.failed(`can't be refreshed: ${url} names no token_endpoint with https`);
    return discovery.data;
  }

  private async refreshRequest(discovery: Discovery, refreshToken: string, signal: AbortSignal): Promise<TextRequest> {
    const { clientId, clientSecret } = this.settings;
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const methods = discovery.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    if (clientSecret !== null && methods.includes('client_secret_basic')) {
      headers.authorization = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
    } else {
      form.set('client_id', clientId);
      if (clientSecret !== null) form.set('client_secret', clientSecret);
    }
    return { url: discovery.token_endpoint, method: 'POST', headers, body: form.toString(), ...(await this.route()), signal };
  }

  /** The issuer's JSON. Its text is never repeated but for the error that OAuth 2.0 (RFC 6749, section 5.2) defines. */
  private async ask(request: TextRequest): Promise<unknown> {
    const { origin } = new URL(request.url);
    const { status, text } = await this.dependencies.fetchText(request).catch((thrown: unknown) => {
      throw request.signal.aborted ? abortError(request.signal) : unreachable(origin, thrown);
    });
    const body = parseJson(text);
    if (status === 200) return body;
    const said = oauthErrorSchema.safeParse(body);
    throw this.failed(`was not renewed by ${origin} (HTTP ${status}${said.success ? `, ${said.data.error}` : ''})`);
  }

  private async route() {
    return { certificateAuthority: await this.settings.certificateAuthority(), proxyUrl: this.settings.proxyUrl };
  }

  private failed(what: string): AppError {
    return new AppError('CLUSTER_AUTH_FAILED', `The login at ${this.settings.issuer} ${what}.`, {
      hint: 'Log in again with what wrote this kubeconfig. kubectl oidc-login (kubelogin) as an exec plug-in keeps itself logged in.',
      details: { issuer: this.settings.issuer },
    });
  }
}

function unreachable(origin: string, thrown: unknown): AppError {
  const { code, message, details, cause } = connectionError(thrown, `the issuer ${origin}`);
  return new AppError(code, message, { hint: 'Check idp-issuer-url and idp-certificate-authority of this user, and the network.', details, cause });
}

/** Epoch milliseconds; null where the token is no JWT with an end. */
function expiryOf(idToken: string): number | null {
  const claims = claimsSchema.safeParse(parseJson(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8')));
  return claims.success ? claims.data.exp * 1000 : null;
}

/** The error of JSON.parse quotes its input, so it goes no further. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
