import { AppError } from '@quarterdeck/contract';
import { bearerToken } from './local-session.ts';
import type { ServedOrigins } from './served-origins.ts';

/** What the guard looks at: an HTTP call, or the call that asks for a WebSocket (which always counts as unsafe). */
export interface GuardedRequest {
  headers: Headers;
  /** Whether it could change something or opens a channel. */
  unsafe: boolean;
  /** Whether it is a call of the API and not the page or its files. */
  api: boolean;
}

/**
 * Refuses what another site's page could make a browser send, and whatever addresses us by a name that is not ours. Gives the
 * origin of ours that was addressed. Throws FORBIDDEN.
 */
export type RequestGuard = (request: GuardedRequest) => string;

/** Answers to the hosts of the given origins and to no other, and to pages of the very origin that was addressed. */
export function createRequestGuard(origins: ServedOrigins): RequestGuard {
  const originOfHost = new Map(origins.flatMap((origin) => hostsOf(origin).map((host) => [host, origin])));
  return ({ headers, unsafe, api }) => {
    const host = headers.get('host')?.toLowerCase() ?? '';
    const own = originOfHost.get(host);
    if (own === undefined) throw refused(`This workbench does not answer to the host "${host}".`, `Open ${origins[0]}/.`);
    const site = headers.get('sec-fetch-site');
    if (api && site !== null && site !== 'same-origin' && site !== 'none') throw foreign();
    if (unsafe) requireOwnPage(headers, own);
    return own;
  };
}

/** Browsers always say their origin here. Programs don't: they have a bearer token, which no foreign page could send, or log in. */
function requireOwnPage(headers: Headers, own: string): void {
  const origin = headers.get('origin');
  if (origin !== null && origin.toLowerCase() !== own) throw foreign();
  if (origin === null && bearerToken(headers) === null && headers.has('cookie')) {
    throw refused('A call that changes something needs an Origin or a bearer token.', 'Send `Authorization: Bearer TOKEN`.');
  }
}

/** With and without the port, where it is the scheme's own. */
function hostsOf(origin: string): string[] {
  const { host, hostname, port, protocol } = new URL(origin);
  return port === '' ? [host, `${hostname}:${protocol === 'https:' ? 443 : 80}`] : [host];
}

function foreign(): AppError {
  return refused('The call comes from a page of another origin.', 'Use the page that this workbench serves itself.');
}

function refused(message: string, hint: string): AppError {
  return new AppError('FORBIDDEN', message, { hint });
}
