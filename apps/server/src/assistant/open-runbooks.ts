import { createKnowledge, type Knowledge, readRunbookFolder } from '@quarterdeck/assistant';
import { toAppError } from '@quarterdeck/contract';
import type { Services } from '../routes/services.ts';

/**
 * The runbooks of the folders that QUARTERDECK_RUNBOOKS names, between colons; null where it names none. What was
 * resolved in a cluster is left out: not everybody who asks may know of it. A folder that can't be read is logged.
 */
export async function openRunbooks(environment: Readonly<Record<string, string | undefined>>, log: Services['log']): Promise<Knowledge | null> {
  const folders = (environment.QUARTERDECK_RUNBOOKS ?? '').split(':').filter((folder) => folder !== '');
  if (folders.length === 0) return null;
  const read = folders.map((folder) =>
    readRunbookFolder(folder).catch((thrown: unknown) => {
      log.warn({ err: toAppError(thrown), folder }, 'A folder of runbooks is left out.');
      return [];
    }),
  );
  return createKnowledge((await Promise.all(read)).flat());
}
