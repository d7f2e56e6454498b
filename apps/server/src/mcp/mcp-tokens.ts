import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../gate/decide.ts';
import { isPersonalToken } from '../identity/opaque-secrets.ts';
import type { Entrance } from '../session/entrance.ts';
import { bearerToken } from '../session/local-session.ts';
import { callerOf, localCaller, type McpCaller } from './mcp-caller.ts';

export const mcpPath = '/mcp';

/** What programs show at the door of the Model Context Protocol. */
export interface McpEntrance {
  /** Null for whoever is not known. `origin`: of the workbench. */
  authenticate(headers: Headers, origin: string): Promise<McpCaller | null>;
  /** What a person gives a program at their own workbench; null where people have tokens of their own. */
  tokens: McpTokens | null;
  /** The address of who makes tokens for this workbench; null where nobody else does. */
  issuer: string | null;
}

export interface McpTokens {
  read: string;
  propose: string;
}

/** Of a launch token: good for MCP alone, and told from each other by what they allow. The launch token itself is none of them. */
export function localMcpEntrance(launchToken: string): McpEntrance {
  const derived = (what: string) => `qdm_${createHmac('sha256', launchToken).update(`mcp ${what}`).digest('base64url')}`;
  const tokens: McpTokens = { read: derived('read'), propose: derived('propose') };
  return {
    tokens,
    issuer: null,
    async authenticate(headers, origin) {
      const shown = bearerToken(headers) ?? '';
      if (same(shown, tokens.propose)) return localCaller(true, origin);
      return same(shown, tokens.read) ? localCaller(false, origin) : null;
    },
  };
}

/** An issuer through which people log in, and which makes access tokens for this address. */
export interface IssuerOfTokens {
  url: string;
  /** Who shows a token that was made for this audience; null for every other token. */
  actorOf(token: string, audience: string): Promise<Actor | null>;
}

/**
 * Where people log in: a personal access token, of which `action.propose` lets propose; a program's own token, which
 * reads; or an access token of the issuer, made for this very address.
 */
export function teamMcpEntrance(entrance: Pick<Entrance, 'authenticate'>, issuer: IssuerOfTokens | null): McpEntrance {
  return {
    tokens: null,
    issuer: issuer?.url ?? null,
    async authenticate(headers, origin) {
      const shown = bearerToken(headers);
      if (shown === null) return null;
      const person = await entrance.authenticate(new Headers({ authorization: `Bearer ${shown}` }));
      if (person.kind !== 'anonymous') return callerOf(person, isPersonalToken(shown), origin);
      const federated = await issuer?.actorOf(shown, `${origin}${mcpPath}`);
      return federated == null ? null : callerOf(federated, true, origin);
    },
  };
}

function same(shown: string, expected: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
