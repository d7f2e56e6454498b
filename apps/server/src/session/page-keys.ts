import { createHmac, timingSafeEqual } from 'node:crypto';
import { pageKeyHeader } from '@quarterdeck/contract';
import { anonymous } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { bearerToken } from './local-session.ts';
import { readCookie } from './read-cookie.ts';

/**
 * Browsers keep cookies by host and not by port: whatever else listens on this machine is sent ours as soon as somebody opens
 * it. So over plain HTTP a cookie counts only together with a key that our page keeps where no other port reaches it.
 */
export interface PageKeys {
  /** The key that belongs to what a `Set-Cookie` header sets; null where it sets no session. */
  issuedWith(setCookie: string): string | null;
  /** The same authentication, for whom a cookie without its key says nothing. */
  guarding(authenticate: (headers: Headers) => Promise<Actor>): (headers: Headers) => Promise<Actor>;
}

/** `cookieName`: of the cookie that carries a session. `secret`: of this process; a key is no better than it. */
export function createPageKeys(cookieName: string, secret: string): PageKeys {
  const keyOf = (cookie: string) => createHmac('sha256', secret).update(cookie).digest('base64url');
  return {
    issuedWith(setCookie) {
      const value = readCookie(setCookie, cookieName);
      return value === null || value === '' ? null : keyOf(value);
    },
    guarding: (authenticate) => async (headers) => {
      const cookie = readCookie(headers.get('cookie') ?? '', cookieName);
      const bound = bearerToken(headers) !== null || cookie === null || isSame(headers.get(pageKeyHeader) ?? '', keyOf(cookie));
      return bound ? authenticate(headers) : anonymous;
    },
  };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
