import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@quarterdeck/contract';
import { checkIdToken } from './id-token.ts';
import { type Discovery, type OidcProvider, scopesOf } from './oidc-provider.ts';
import type { IssuedTokens } from './token-store.ts';

/** A login that its person finishes in a browser anywhere. */
export interface DeviceLogin {
  /** To open on any device. */
  readonly url: string;
  /** To compare or to type there. */
  readonly userCode: string;
  /** Until the person is done. Throws CLUSTER_AUTH_FAILED (refused, too late), CLUSTER_UNREACHABLE. */
  wait(signal: AbortSignal): Promise<void>;
}

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
/** What the issuer's `slow_down` adds (RFC 8628, section 3.5). Milliseconds. */
const slower = 5_000;

/** The device authorization grant (RFC 8628). Throws UNSUPPORTED where the issuer has none. */
export async function beginDeviceLogin(provider: OidcProvider, keep: (tokens: IssuedTokens) => Promise<void>, signal: AbortSignal): Promise<DeviceLogin> {
  const discovery = await provider.discover(signal);
  const { issuer } = provider.settings;
  if (discovery.device_authorization_endpoint === undefined) {
    throw new AppError('UNSUPPORTED', `${issuer} offers no login on another device.`, { hint: 'Log in in a browser on this machine: leave out --device.' });
  }
  const device = await provider.device(discovery.device_authorization_endpoint, discovery, scopesOf(provider.settings, discovery), signal);
  return {
    url: device.verification_uri_complete ?? device.verification_uri,
    userCode: device.user_code,
    async wait(within) {
      const tokens = await poll(provider, discovery, { code: device.device_code, interval: device.interval * 1000 }, within);
      checkIdToken(tokens.idToken, { issuer: discovery.issuer, clientId: provider.settings.clientId, nonce: null }, (what) => provider.failed(what));
      await keep(tokens);
    },
  };
}

/** The issuer says how often it may be asked, and when it is too late. */
async function poll(provider: OidcProvider, discovery: Discovery, device: { code: string; interval: number }, signal: AbortSignal): Promise<IssuedTokens> {
  let { interval } = device;
  for (;;) {
    await delay(interval, undefined, { signal });
    const answer = await provider.tokens(discovery, { grant_type: grantType, device_code: device.code }, signal);
    if ('idToken' in answer) return answer;
    if (answer.error === 'slow_down') interval += slower;
    else if (answer.error !== 'authorization_pending') throw provider.failed(`was not finished (${answer.error})`);
  }
}
