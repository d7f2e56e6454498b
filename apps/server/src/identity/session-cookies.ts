import { secureCookieName, sessionCookieName } from '../session/local-session.ts';
import { readCookie } from '../session/read-cookie.ts';

/** The cookies of a workbench where people log in: one for the session, one for a login at an issuer that is under way. */
export interface SessionCookies {
  session: Cookie;
  /** Sent along when an issuer sends the browser back, which the session's is not. */
  transaction: Cookie;
}

export interface Cookie {
  name: string;
  /** What a browser shows; null where it shows none. */
  read(headers: Headers): string | null;
  /** Values of `Set-Cookie`. */
  set(value: string, seconds: number): string;
  clear(): string;
}

/**
 * `secure`: whether browsers come over TLS. Then the names begin with `__Host-`, which browsers let no other host, path or
 * plain connection set. Without, they hold the port, as browsers keep cookies by host alone.
 */
export function sessionCookies({ port, secure }: { port: number; secure: boolean }): SessionCookies {
  const name = secure ? secureCookieName : sessionCookieName(port);
  return { session: cookie(name, secure, 'Strict'), transaction: cookie(`${name}_oidc`, secure, 'Lax') };
}

function cookie(name: string, secure: boolean, sameSite: 'Strict' | 'Lax'): Cookie {
  const attributes = `Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
  return {
    name,
    read: (headers) => readCookie(headers.get('cookie') ?? '', name) || null,
    set: (value, seconds) => `${name}=${value}; Max-Age=${seconds}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}
