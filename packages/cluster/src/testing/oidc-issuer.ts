import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { KeyedCertificate } from '../proxy/self-signed-certificate.ts';

export { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';

export interface IssuerPerson {
  sub: string;
  groups: readonly string[];
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface IssuerTokens {
  id_token: string;
  refresh_token: string;
}

export interface OidcIssuerOptions {
  /** What it serves with; its host names are those of the certificate. */
  tls: KeyedCertificate;
  host?: string;
  /** Default: any free one. */
  port?: number;
  clientId: string;
}

interface Grant {
  challenge: string | null;
  nonce: string | null;
  redirectUri: string;
}

/** What a handler answers: JSON, or a redirect. */
type Answer = { status: number; body: unknown } | { location: string };

/**
 * An OpenID Connect provider that knows one person and asks them nothing: discovery, keys, authorization code with
 * PKCE, device code, refresh with rotation (RFC 6749, 7636, 8628, 9700; a refresh token that was used before ends the login). Tokens are
 * really signed, so that a real API server accepts them.
 */
export class OidcIssuer {
  person: IssuerPerson = { sub: 'ann', groups: ['developers'] };
  /** Of the id-tokens that it gives. */
  lifetimeSeconds = 300;
  /** What it calls wrong with every authorization; null: nothing. */
  refuses: string | null = null;
  /** Whether the person has agreed on the other device. */
  deviceAgreed = false;
  /** Sends its own nonce, as somebody would who slips in a token of another login. */
  forgetsNonce = false;
  /** Every call as `METHOD /path`, oldest first. */
  readonly calls: string[] = [];
  private readonly options: OidcIssuerOptions;
  private readonly server: Server;
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly keyId = randomBytes(8).toString('hex');
  private readonly device = { device_code: randomBytes(16).toString('hex'), user_code: 'ABCD-EFGH' };
  private readonly grants = new Map<string, Grant>();
  private valid = new Set<string>();
  private readonly used = new Set<string>();
  private boundPort = 0;

  constructor(options: OidcIssuerOptions) {
    this.options = options;
    this.server = createServer({ cert: options.tls.certificate, key: options.tls.key }, (request, response) => void this.serve(request, response));
  }

  get url(): string {
    return `https://${this.options.host ?? '127.0.0.1'}:${this.boundPort}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(this.options.port ?? 0, this.options.host ?? '127.0.0.1', resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the issuer does not listen');
    this.boundPort = address.port;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** As after a login: an id-token that ends in so many seconds, and a refresh token. */
  issue(lifetimeSeconds = this.lifetimeSeconds, nonce: string | null = null): IssuerTokens {
    const refresh = randomBytes(16).toString('hex');
    this.valid.add(refresh);
    return { id_token: this.idToken(lifetimeSeconds, nonce), refresh_token: refresh };
  }

  /** Ends every login, as an administrator would. */
  revokeAll(): void {
    this.valid = new Set();
  }

  isValid(refreshToken: string): boolean {
    return this.valid.has(refreshToken);
  }

  /** As a browser does that is sent to `url`: what it comes back with. */
  visit(url: string): URLSearchParams {
    const { searchParams } = new URL(url);
    const answer = this.authorize(searchParams);
    return 'location' in answer ? new URL(answer.location).searchParams : new URLSearchParams();
  }

  private idToken(lifetimeSeconds: number, nonce: string | null): string {
    return this.token({ exp: Math.floor(Date.now() / 1000) + lifetimeSeconds, ...this.person, ...(nonce === null ? {} : { nonce }) });
  }

  /** A token of the person that says this. */
  token(said: object): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.url, aud: this.options.clientId, sub: this.person.sub, iat: now, exp: now + 300, ...said };
    return signed({ alg: 'RS256', kid: this.keyId, typ: 'JWT' }, { ...claims, jti: randomBytes(8).toString('hex') }, this.keys.privateKey);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    this.calls.push(`${request.method} ${pathname}`);
    const answer = this.answer(pathname, searchParams, new URLSearchParams((await request.toArray()).join('')));
    if ('location' in answer) response.writeHead(302, { location: answer.location }).end();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  private answer(path: string, query: URLSearchParams, form: URLSearchParams): Answer {
    if (path === '/.well-known/openid-configuration') return { status: 200, body: this.discovery() };
    if (path === '/keys') {
      const key = { ...this.keys.publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: this.keyId };
      return { status: 200, body: { keys: [key] } };
    }
    if (path === '/authorize') return this.authorize(query);
    if (path === '/device') return { status: 200, body: { ...this.device, verification_uri: `${this.url}/activate`, expires_in: 60, interval: 0.05 } };
    if (path !== '/token') return { status: 404, body: {} };
    if (form.get('grant_type') === 'authorization_code') return this.redeem(form);
    return form.get('grant_type') === 'refresh_token' ? this.refresh(form) : this.redeemDevice(form);
  }

  private discovery() {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      device_authorization_endpoint: `${this.url}/device`,
      jwks_uri: `${this.url}/keys`,
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'offline_access'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  private authorize(query: URLSearchParams): Answer {
    const redirectUri = query.get('redirect_uri');
    if (redirectUri === null || query.get('client_id') !== this.options.clientId) return { status: 400, body: { error: 'invalid_request' } };
    const code = randomBytes(16).toString('hex');
    this.grants.set(code, { challenge: query.get('code_challenge'), nonce: query.get('nonce'), redirectUri });
    const location = new URL(redirectUri);
    location.searchParams.set('state', query.get('state') ?? '');
    if (this.refuses === null) location.searchParams.set('code', code);
    else location.searchParams.set('error', this.refuses);
    return { location: location.href };
  }

  private redeem(form: URLSearchParams): Answer {
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant === undefined || grant.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri')) return invalidGrant;
    const tokens = this.issue(this.lifetimeSeconds, this.forgetsNonce ? 'of-another-login' : grant.nonce);
    return { status: 200, body: { ...tokens, access_token: randomBytes(16).toString('hex'), token_type: 'Bearer' } };
  }

  private redeemDevice(form: URLSearchParams): Answer {
    if (form.get('device_code') !== this.device.device_code) return invalidGrant;
    if (this.refuses !== null) return { status: 400, body: { error: this.refuses } };
    return this.deviceAgreed ? { status: 200, body: this.issue() } : { status: 400, body: { error: 'authorization_pending' } };
  }

  private refresh(form: URLSearchParams): Answer {
    const token = form.get('refresh_token') ?? '';
    if (this.used.has(token)) this.revokeAll();
    if (!this.valid.delete(token)) return invalidGrant;
    this.used.add(token);
    return { status: 200, body: this.issue() };
  }
}

const invalidGrant: Answer = { status: 400, body: { error: 'invalid_grant' } };

function signed(header: object, claims: object, key: KeyObject): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
