import type { AppError, LoginConsent, LoginOffer, StartedLogin } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

/** A login that was begun from this page. */
export interface BegunLogin extends StartedLogin {
  /** Whether the browser let us open a tab for it. */
  opened: boolean;
}

export interface LoginFacts {
  /** Undefined until the server has said what helps. */
  offer: LoginOffer | undefined;
  /** Why it could not be asked. */
  offerError: AppError | null;
  begun: BegunLogin | undefined;
  /** Why no login could be begun. */
  beginError: AppError | null;
}

/** The one thing that helps a cluster whose login is needed. */
export type LoginView =
  | { kind: 'asking' }
  | { kind: 'retry' }
  | { kind: 'program' }
  | { kind: 'consent'; consent: LoginConsent }
  | { kind: 'logIn'; issuer: string; server: string; failure: string | null }
  /** `begun` is null where another page began it, and knows its address. */
  | { kind: 'waiting'; issuer: string; begun: BegunLogin | null };

export function loginView({ offer, offerError, begun, beginError }: LoginFacts): LoginView {
  if (offer === undefined) return offerError === null ? { kind: 'asking' } : { kind: 'retry' };
  if (offer.kind === 'none') return { kind: 'retry' };
  if (offer.kind !== 'browser') return offer;
  const { issuer, server, waiting, failure } = offer;
  if (beginError !== null) return { kind: 'logIn', issuer, server, failure: [beginError.message, beginError.hint ?? ''].join(' ').trim() };
  return waiting ? { kind: 'waiting', issuer, begun: begun ?? null } : { kind: 'logIn', issuer, server, failure };
}

/** What a kubeconfig wants, in a few words: "run a program and read 2 files". */
export function wishOf({ command, files }: LoginConsent, words: Messages['logins']['wishes']): string {
  const reads = files.length === 0 ? [] : [words.files(files.length)];
  return [...(command === null ? [] : [words.program]), ...reads].join(words.and);
}
