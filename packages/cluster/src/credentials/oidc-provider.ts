import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { abortError, connectionError } from '../transport/connection-error.ts';
import type { FetchText, TextRequest } from '../transport/fetch-text.ts';
import type { IssuedTokens } from './token-store.ts';

/** Who gives tokens, and to which client. */
export interface OidcClientSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  /** Besides `openid`. */
  scopes: readonly string[];
  proxyUrl: string | null;
  /** Of the issuer, PEM; null trusts what the system trusts. */
  certificateAuthority(): Promise<string | null>;
}

const https = z.url({ protocol: /^https$/ });
const discoverySchema = z.object({
  /** May differ from the URL it was found at: a slash at the end, Entra's older and newer names. */
  issuer: z.string(),
  authorization_endpoint: https.optional(),
  token_endpoint: https,
  device_authorization_endpoint: https.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()).optional(),
});
export type Discovery = z.infer<typeof discoverySchema>;
const answerSchema = z.object({ id_token: z.string().min(1), refresh_token: z.string().optional() });
const deviceSchema = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.url({ protocol: /^https?$/ }),
  verification_uri_complete: z.url({ protocol: /^https?$/ }).optional(),
  /** Seconds. */
  interval: z.number().nonnegative().default(5),
});
export type DeviceAuthorization = z.infer<typeof deviceSchema>;
const oauthErrorSchema = z.object({ error: z.string().max(100) });

/** The issuer said no; `error` is its code (RFC 6749, section 5.2). */
export interface TokenRefusal {
  error: string;
}

/** An OpenID Connect provider as one client sees it. Errors: CLUSTER_AUTH_FAILED (what it answered), CLUSTER_UNREACHABLE (the issuer), CANCELLED. */
export class OidcProvider {
  readonly settings: OidcClientSettings;
  private readonly fetchText: FetchText;

  constructor(settings: OidcClientSettings, fetchText: FetchText) {
    this.settings = settings;
    this.fetchText = fetchText;
  }

  async discover(signal: AbortSignal): Promise<Discovery> {
    const { issuer } = this.settings;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const { status, body } = await this.ask({ url, method: 'GET', ...(await this.route()), signal });
    const discovery = discoverySchema.safeParse(body);
    if (status !== 200 || !discovery.success) throw this.failed(`can't be renewed: ${url} (HTTP ${status}) names no token_endpoint with https`);
    return discovery.data;
  }

  /** Asks for tokens with a grant (RFC 6749, sections 4.1.3 and 6). */
  async tokens(discovery: Discovery, grant: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IssuedTokens | TokenRefusal> {
    const { status, body } = await this.ask(await this.formRequest(discovery.token_endpoint, discovery, grant, signal));
    if (status === 200) {
      const tokens = answerSchema.safeParse(body);
      if (!tokens.success) throw this.failed('got no id_token from the issuer: the openid scope is missing, or the provider gives none on refresh');
      return { idToken: tokens.data.id_token, refreshToken: tokens.data.refresh_token || null };
    }
    const said = oauthErrorSchema.safeParse(body);
    if (said.success && status === 400) return { error: said.data.error };
    throw this.failed(`was not renewed by ${new URL(discovery.token_endpoint).origin} (HTTP ${status}${said.success ? `, ${said.data.error}` : ''})`);
  }

  /** Asks for a code that a person takes to another device (RFC 8628, section 3.1). */
  async device(endpoint: string, discovery: Discovery, scopes: readonly string[], signal: AbortSignal): Promise<DeviceAuthorization> {
    const request = await this.formRequest(endpoint, discovery, { client_id: this.settings.clientId, scope: scopes.join(' ') }, signal);
    const { status, body } = await this.ask(request);
    const device = deviceSchema.safeParse(body);
    if (status === 200 && device.success) return device.data;
    const said = oauthErrorSchema.safeParse(body);
    throw this.failed(`can't begin on another device (HTTP ${status}${said.success ? `, ${said.data.error}` : ''})`);
  }

  /** "The login at … `what`", with the way to a new login. */
  failed(what: string): AppError {
    return new AppError('CLUSTER_AUTH_FAILED', `The login at ${this.settings.issuer} ${what}.`, {
      hint: 'Log in again in the browser: from this cluster in the workbench, or with `qd login`.',
      details: { issuer: this.settings.issuer, login: 'browser' },
    });
  }

  private async formRequest(url: string, discovery: Discovery, fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<TextRequest> {
    const { clientId, clientSecret } = this.settings;
    const form = new URLSearchParams(fields);
    const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const methods = discovery.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    if (clientSecret !== null && methods.includes('client_secret_basic')) {
      headers.authorization = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
    } else {
      form.set('client_id', clientId);
      if (clientSecret !== null) form.set('client_secret', clientSecret);
    }
    return { url, method: 'POST', headers, body: form.toString(), ...(await this.route()), signal };
  }

  /** The issuer's JSON. Its text is never repeated but for the error code. */
  private async ask(request: TextRequest): Promise<{ status: number; body: unknown }> {
    const { status, text } = await this.fetchText(request).catch((thrown: unknown) => {
      throw request.signal.aborted ? abortError(request.signal) : unreachable(new URL(request.url).origin, thrown);
    });
    return { status, body: parseJson(text) };
  }

  private async route() {
    return { certificateAuthority: await this.settings.certificateAuthority(), proxyUrl: this.settings.proxyUrl };
  }
}

function unreachable(origin: string, thrown: unknown): AppError {
  const { code, message, details, cause } = connectionError(thrown, `the issuer ${origin}`);
  return new AppError(code, message, { hint: 'Check idp-issuer-url and idp-certificate-authority of this user, and the network.', details, cause });
}

/** The error of JSON.parse quotes its input, so it goes no further. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Issuers that don't know `offline_access` may refuse it, so it is asked for where it is offered. */
export function scopesOf({ scopes }: OidcClientSettings, discovery: Discovery): string[] {
  const lasting = discovery.scopes_supported?.includes('offline_access') ? ['offline_access'] : [];
  return [...new Set(['openid', ...lasting, ...scopes])];
}
