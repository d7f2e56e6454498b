import type { ActApproval, ActLog, ActVia } from '@quarterdeck/contract';
import { actLog, type Ledger } from '@quarterdeck/storage';
import type { Logger } from 'pino';
import type { Actor } from '../gate/decide.ts';

/** Who calls, by which way, in which call. */
export interface Caller {
  actor: Actor;
  via: ActVia;
  requestId: string;
  /** Who approved what is done, where it was previewed before. */
  approval?: ActApproval;
}

/** Writes down what callers do. */
export interface Acts {
  /** For acts on a cluster (by its id), or on none. */
  of(caller: Caller, cluster: string | null): ActLog;
}

export function createActs(ledger: Ledger, log: Logger): Acts {
  return {
    of({ actor, via, requestId, approval = null }, cluster) {
      const kind = via === 'server' ? 'server' : actor.kind === 'agent' ? 'agent' : 'person';
      return actLog(
        ledger,
        { actor: { id: actor.id, kind }, via, cluster, requestId, approval },
        {
          now: Date.now,
          // The log keeps what the ledger could not, should the process end before it can.
          onLate: (error, result) => log.error({ err: error, result }, 'An act was done, and its result could not be written down yet.'),
        },
      );
    },
  };
}
