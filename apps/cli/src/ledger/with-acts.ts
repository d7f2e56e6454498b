import type { ActLog } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';

/** Runs what changes a cluster with the log that it is written down in. Throws STORAGE_UNAVAILABLE before anything is changed. */
export async function withActs<T>({ openActs }: Pick<CommandContext, 'openActs'>, cluster: string | null, use: (acts: ActLog) => Promise<T>): Promise<T> {
  const { log, close } = await openActs(cluster);
  try {
    return await use(log);
  } finally {
    await close();
  }
}
