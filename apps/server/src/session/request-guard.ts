import { AppError } from '@quarterdeck/contract';
import { bearerToken } from './local-session.ts';

/** What the guard looks at: an HTTP call, or the call that asks for a WebSocket (which always counts as unsafe). */
export interface GuardedRequest {
  headers: Headers;
  /** Whether it could change something or opens a channel. */
  unsafe: boolean;
  /** Whether it is a call of the API and not the page or its files. */
  api: boolean;
}

/** Refuses what another site's page could make a browser send, and whatever addresses us by a name that is not ours. Throws FORBIDDEN. */
export type RequestGuard = (request: GuardedRequest) => void;

/** The names a loopback server answers to. A foreign name that resolves to 127.0.0.1 (DNS rebinding) is none of them. */
export function loopbackHosts(port: number): ReadonlySet<string> {
  return new Set(['127.0.0.1', 'localhost', '[::1]'].map((host) => `${host}:${port}`));
}

export function createRequestGuard(port: number): RequestGuard {
  const hosts = loopbackHosts(port);
  return ({ headers, unsafe, api }) => {
    const host = headers.get('host')?.toLowerCase() ?? '';
    if (!hosts.has(host)) throw refused(`This workbench does not answer to the host "${host}".`, `Open http://127.0.0.1:${port}/.`);
    const site = headers.get('sec-fetch-site');
    if (api && site !== null && site !== 'same-origin' && site !== 'none') throw foreign();
    if (!unsafe) return;
    const origin = headers.get('origin');
    if (origin === null) {
      // Browsers always send an origin here. Programs don't, and their bearer token is nothing a foreign page could send.
      if (bearerToken(headers) === null)
        throw refused('A call that changes something needs an Origin or a bearer token.', 'Send `Authorization: Bearer TOKEN`.');
    } else if (origin.toLowerCase() !== `http://${host}`) throw foreign();
  };
}

function foreign(): AppError {
  return refused('The call comes from a page of another origin.', 'Use the page that this workbench serves itself.');
}

function refused(message: string, hint: string): AppError {
  return new AppError('FORBIDDEN', message, { hint });
}
