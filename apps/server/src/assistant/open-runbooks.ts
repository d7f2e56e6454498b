import { type Passage, readRunbookFolder } from '@quarterdeck/assistant';
import { toAppError } from '@quarterdeck/contract';
import type { Services } from '../routes/services.ts';

/**
 * The runbooks of the folders that QUARTERDECK_RUNBOOKS names, between colons. A folder that can't be read is logged.
 */
export async function openRunbooks(environment: Readonly<Record<string, string | undefined>>, log: Services['log']): Promise<Passage[]> {
  const folders = (environment.QUARTERDECK_RUNBOOKS ?? '').split(':').filter((folder) => folder !== '');
  const read = folders.map((folder) =>
    readRunbookFolder(folder).catch((thrown: unknown) => {
      log.warn({ err: toAppError(thrown), folder }, 'A folder of runbooks is left out.');
      return [];
    }),
  );
  return (await Promise.all(read)).flat();
}
