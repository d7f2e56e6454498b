import { toAppError } from '@quarterdeck/contract';
import { deleteEndedLogins } from '@quarterdeck/storage';
import type { Logger } from 'pino';
import { idleSpan } from './logins.ts';
import type { Team } from './team.ts';

/** Milliseconds. */
const every = 3_600_000;

/** Takes away, from now on and every hour, what nobody can use any more: sessions, tokens, counts of wrong passwords. Gives what ends it. */
export function lookAfterLogins({ db, now }: Pick<Team, 'db' | 'now'>, log: Logger): () => void {
  const clean = () =>
    deleteEndedLogins(db, { now: now(), idleSince: now() - idleSpan }).catch((thrown: unknown) =>
      log.error({ err: toAppError(thrown) }, 'Logins that have ended could not be taken away.'),
    );
  void clean();
  const timer = setInterval(() => void clean(), every).unref();
  return () => clearInterval(timer);
}
