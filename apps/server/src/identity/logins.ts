import { randomUUID } from 'node:crypto';
import {
  createSession,
  findPersonalToken,
  findSession,
  type Member,
  type OpenStorage,
  readMembers,
  type StoredSession,
  type StoredToken,
  touchPersonalToken,
  touchSession,
} from '@quarterdeck/storage';
import { anonymous } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { actorOf } from './effective-access.ts';
import { digestOf, isPersonalToken, newSecret } from './opaque-secrets.ts';
import type { ProgramTokens } from './program-tokens.ts';

/** Milliseconds. */
const hour = 3_600_000;
/** A browser's session ends when it is not used for so long, and in any case after so long. */
export const idleSpan = 8 * hour;
export const browserSpan = 24 * hour;
/** A program's token lives so long. */
export const programSpan = hour;
/** That something was used is noted this often: a page asks many times in a minute. */
const noteEvery = 60_000;

export interface LoginsOptions {
  db: OpenStorage['db'];
  tokens: ProgramTokens;
  now(): number;
}

/** From where somebody logs in. */
export interface LoginOrigin {
  address: string | null;
  userAgent: string | null;
}

/** Sessions and tokens, and who shows them. Everything is looked up each time: what has ended is over at once, on every server. */
export class Logins {
  private readonly options: LoginsOptions;

  constructor(options: LoginsOptions) {
    this.options = options;
  }

  /** A new session of a browser, and what the browser has to show. */
  async openBrowser(member: Member, origin: LoginOrigin): Promise<{ session: StoredSession; shown: string }> {
    const shown = newSecret();
    return { session: await this.open(member, origin, { secret: digestOf(shown), span: browserSpan }), shown };
  }

  /** A new session of a program, and the token that shows it. */
  async openProgram(member: Member, origin: LoginOrigin): Promise<{ session: StoredSession; shown: string }> {
    const session = await this.open(member, origin, { secret: null, span: programSpan });
    return { session, shown: await this.options.tokens.issue(session) };
  }

  /** Who shows this as a bearer token: a personal access token, or that of a program's session. */
  async ofBearer(text: string): Promise<Actor> {
    if (isPersonalToken(text)) return this.ofToken(await findPersonalToken(this.options.db, { secret: digestOf(text) }), true);
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return anonymous;
    const id = await this.options.tokens.sessionOf(text);
    return id === null ? anonymous : this.ofSession(await findSession(this.options.db, { id }), true);
  }

  /** Who shows this in the cookie of a session. */
  async ofCookie(shown: string): Promise<Actor> {
    return this.ofSession(await findSession(this.options.db, { secret: digestOf(shown) }), true);
  }

  /** Somebody as they are now; nobody where their login has ended. To be looked at is no use. */
  async renewed({ session: id }: Actor): Promise<Actor> {
    if (id === null) return anonymous;
    const session = await findSession(this.options.db, { id });
    return session === null ? this.ofToken(await findPersonalToken(this.options.db, { id }), false) : this.ofSession(session, false);
  }

  private async open(member: Member, { address, userAgent }: LoginOrigin, kind: { secret: string | null; span: number }): Promise<StoredSession> {
    const now = this.options.now();
    const session = {
      id: randomUUID(),
      secret: kind.secret,
      user: member.user.id,
      organisation: member.organisation.id,
      createdAt: now,
      seenAt: now,
      expiresAt: now + kind.span,
      address,
      userAgent: userAgent?.slice(0, 200) ?? null,
    };
    await createSession(this.options.db, session);
    return session;
  }

  private async ofSession(session: StoredSession | null, used: boolean): Promise<Actor> {
    const now = this.options.now();
    if (session === null || session.expiresAt <= now || session.seenAt <= now - idleSpan) return anonymous;
    const member = await this.memberOf(session);
    if (member === null) return anonymous;
    if (used && session.seenAt <= now - noteEvery) await touchSession(this.options.db, session.id, now);
    return actorOf(member, session.id, null);
  }

  private async ofToken(token: StoredToken | null, used: boolean): Promise<Actor> {
    const now = this.options.now();
    if (token === null || token.expiresAt <= now) return anonymous;
    const member = await this.memberOf(token);
    if (member === null) return anonymous;
    if (used && (token.lastUsedAt ?? 0) <= now - noteEvery) await touchPersonalToken(this.options.db, token.id, now);
    return actorOf(member, token.id, token.scopes);
  }

  /** Null for who is disabled or left the organisation. */
  private async memberOf({ user, organisation }: { user: string; organisation: string }): Promise<Member | null> {
    const [member] = await readMembers(this.options.db, { user, organisation });
    return member === undefined || member.user.disabled ? null : member;
  }
}
