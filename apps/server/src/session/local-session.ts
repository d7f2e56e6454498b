import { createHash, timingSafeEqual } from 'node:crypto';
import { anonymous, localPerson } from '../gate/actors.ts';
import type { Entrance } from './entrance.ts';
import { readCookie } from './read-cookie.ts';

export interface LocalSessionSecrets {
  /** Printed at start; what programs send as a bearer token. */
  launchToken: string;
  /** What a browser holds after it showed the launch token once. */
  cookieValue: string;
}

/** Where browsers find it, and whether over TLS. */
export interface LocalSessionPlace {
  port: number;
  secure: boolean;
}

/** Of the cookie over TLS: browsers let no other host, path or plain connection set one of this name. */
export const secureCookieName = '__Host-quarterdeck';

/** Of the cookie that carries a session over plain HTTP. */
export function sessionCookieName(port: number): string {
  return `quarterdeck_${port}`;
}

/**
 * The entrance of a workbench that one person started on their own machine.
 * `port` is in the cookie's name because browsers keep cookies by host alone: two workbenches on one machine would
 * otherwise log each other out.
 */
export function createLocalSession({ port, secure }: LocalSessionPlace, { launchToken, cookieValue }: LocalSessionSecrets): Entrance {
  const cookieName = secure ? secureCookieName : sessionCookieName(port);
  return {
    async authenticate(headers) {
      const bearer = bearerToken(headers);
      if (bearer !== null) return sameSecret(bearer, launchToken) ? localPerson : anonymous;
      const cookie = readCookie(headers.get('cookie') ?? '', cookieName);
      return cookie !== null && sameSecret(cookie, cookieValue) ? localPerson : anonymous;
    },
    exchange(token) {
      if (!sameSecret(token, launchToken)) return null;
      return `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
    },
    renewed: async (actor) => actor,
    onChanged: async () => async () => undefined,
  };
}

/** By which way a call comes: a program sends its token, a browser its cookie. */
export function viaOf(headers: Headers): 'api' | 'web' {
  return bearerToken(headers) === null ? 'web' : 'api';
}

/** The token of an `Authorization: Bearer` header; null without one. */
export function bearerToken(headers: Headers): string | null {
  return /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
