import { userInfo } from 'node:os';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import { actLog, Ledger, openStorage, storageUrlOf } from '@quarterdeck/storage';
import type { CommandContext, OpenActs } from '../context.ts';

/** Opens the ledger that the workbench on this machine writes too. Throws STORAGE_UNAVAILABLE: then nothing may be changed. */
export async function openActs(cluster: string | null, { environment, err, now }: Pick<CommandContext, 'environment' | 'err' | 'now'>): Promise<OpenActs> {
  const storage = await openStorage(storageUrlOf(environment, stateDirectoryOf(environment)), { role: 'guest' });
  const acting = { actor: { id: personName(environment), kind: 'person' as const }, via: 'cli' as const, cluster, requestId: null };
  const onLate = () => void err.write('qd: It was done, but its result could not be written into the ledger.\n');
  return { log: actLog(new Ledger(storage.db), acting, { now, onLate }), close: storage.close };
}

/** Who is logged in to this machine; in a container there may be a number and no name. */
export function personName({ USER, LOGNAME }: CommandContext['environment']): string {
  try {
    return userInfo().username;
  } catch {
    return USER ?? LOGNAME ?? 'unknown';
  }
}
