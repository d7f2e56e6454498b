import { ActionDesk, type ClusterAccess, recoverActions, stateDirectoryOf, systemWatchClock } from '@quarterdeck/cluster';
import type { Action, ActLog } from '@quarterdeck/contract';
import { actId, actionRecovery, actLog, Ledger, openSecretStore, openStorage, StoredActions, storageUrlOf } from '@quarterdeck/storage';
import type { CommandContext } from '../context.ts';
import { personName } from '../ledger/open-acts.ts';
import { keySourceHere } from '../ledger/with-storage.ts';

export interface OpenDesk {
  desk: ActionDesk;
  /** Who is at this terminal. */
  person: string;
  /** Where acts on a cluster are written down. */
  acts(action: Pick<Action, 'id' | 'cluster'>, approval: Action['approval']): ActLog;
}

/** The actions of this machine, those of the workbench among them. What still runs when `use` ends is given up, and told so. */
export async function withDesk<T>(context: CommandContext, use: (open: OpenDesk) => Promise<T>): Promise<T> {
  const { environment, err, now } = context;
  const storage = await openStorage(storageUrlOf(environment, stateDirectoryOf(environment)), { role: 'guest' });
  const secrets = async () => openSecretStore(storage.db, await keySourceHere(context));
  const store = new StoredActions(storage.db, secrets, now);
  const onFault = (error: unknown) => void err.write(`qd: How the action stands could not be kept: ${String(error)}\n`);
  const desk = new ActionDesk({ store, clock: systemWatchClock, newId: () => actId(now()), onFault });
  const person = personName(environment);
  const onLate = () => void err.write('qd: It was done, but its result could not be written into the ledger.\n');
  const ledger = new Ledger(storage.db);
  try {
    await recover(store, ledger, context);
    return await use({
      desk,
      person,
      // What belongs together has one id; here there is no call that has one.
      acts: ({ id, cluster }, approval) =>
        actLog(ledger, { actor: { id: person, kind: 'person' }, via: 'cli', cluster, requestId: id, approval }, { now, onLate }),
    });
  } finally {
    await desk.close();
    await storage.close();
  }
}

/** Tells of what an earlier command left unfinished how far it came. */
async function recover(store: StoredActions, ledger: Ledger, { openAccess, now, signal }: CommandContext): Promise<void> {
  const opened: ClusterAccess[] = [];
  const access = async (cluster: string) => {
    const found = await openAccess({ context: cluster });
    opened.push(found);
    return found;
  };
  try {
    await recoverActions({ store, now, access, ...actionRecovery(ledger, now) }, signal);
  } finally {
    for (const each of opened) await each.close();
  }
}
