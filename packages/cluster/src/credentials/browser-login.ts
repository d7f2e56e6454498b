import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '@quarterdeck/contract';
import { beginDeviceLogin, type DeviceLogin } from './device-login.ts';
import { checkIdToken } from './id-token.ts';
import { type Discovery, type OidcProvider, scopesOf } from './oidc-provider.ts';
import type { IssuedTokens } from './token-store.ts';

/** A login that needs a person with a browser. */
export interface BrowserLogin {
  readonly issuer: string;
  /** `redirectUri`: where the browser comes back to, on loopback. Throws CLUSTER_UNREACHABLE (the issuer), UNSUPPORTED. */
  begin(redirectUri: string, signal: AbortSignal): Promise<PendingLogin>;
  /** For a machine without a browser. Throws as `begin` does. */
  beginDevice(signal: AbortSignal): Promise<DeviceLogin>;
}

export interface PendingLogin {
  /** To open in a browser. */
  readonly url: string;
  /** Comes back with the browser, and with nobody else. */
  readonly state: string;
  /** Takes the query that the browser came back with. Works once. Throws CLUSTER_AUTH_FAILED, CLUSTER_UNREACHABLE. */
  complete(answer: URLSearchParams, signal: AbortSignal): Promise<void>;
}

const secret = () => randomBytes(32).toString('base64url');

/** The authorization code flow with PKCE (RFC 6749 4.1, RFC 7636, RFC 8252) of OpenID Connect. `keep` gets the tokens once they are checked. */
export function createBrowserLogin(provider: OidcProvider, keep: (tokens: IssuedTokens) => Promise<void>): BrowserLogin {
  const { issuer, clientId } = provider.settings;
  return {
    issuer,
    beginDevice: (signal) => beginDeviceLogin(provider, keep, signal),
    async begin(redirectUri, signal) {
      const discovery = await provider.discover(signal);
      const [state, nonce, verifier] = [secret(), secret(), secret()];
      const url = new URL(authorizationEndpoint(discovery, issuer));
      const parameters = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopesOf(provider.settings, discovery).join(' '),
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return {
        url: url.href,
        state,
        async complete(answer, within) {
          const code = codeOf(answer, state, discovery, provider);
          const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
          const tokens = await provider.tokens(discovery, grant, within);
          if ('error' in tokens) throw provider.failed(`failed: the issuer does not take its own code (${tokens.error})`);
          checkIdToken(tokens.idToken, { issuer: discovery.issuer, clientId, nonce }, (what) => provider.failed(what));
          await keep(tokens);
        },
      };
    },
  };
}

function authorizationEndpoint(discovery: Discovery, issuer: string): string {
  if (discovery.authorization_endpoint !== undefined) return discovery.authorization_endpoint;
  throw new AppError('UNSUPPORTED', `${issuer} offers no login in a browser.`, { hint: 'Log in with what wrote this kubeconfig.' });
}

function codeOf(answer: URLSearchParams, state: string, discovery: Discovery, provider: OidcProvider): string {
  if (answer.get('state') !== state) throw provider.failed('failed: the answer belongs to another login');
  // RFC 9207: another issuer that the person also uses must not answer for this one.
  const from = answer.get('iss');
  if (from !== null && from !== discovery.issuer) throw provider.failed('failed: another issuer answered');
  const error = answer.get('error');
  if (error !== null) throw provider.failed(`was refused (${/^[\w.-]{1,60}$/.test(error) ? error : 'with an error that is none'})`);
  const code = answer.get('code');
  if (!code) throw provider.failed('failed: the browser came back without a code');
  return code;
}
