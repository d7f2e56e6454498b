import { AppError } from '@quarterdeck/contract';
import { readChild } from '../processes/read-child.ts';

/**
 * What a kustomization amounts to, as YAML. The building is kustomize's own (or kubectl's copy of it); neither sees the
 * cluster. Throws UNSUPPORTED where none is installed, VALIDATION_ERROR with what it says of the folder.
 */
export async function readKustomization(folder: string, signal: AbortSignal): Promise<string> {
  for (const [command, args] of [
    ['kustomize', ['build', folder]],
    ['kubectl', ['kustomize', folder]],
  ] as const) {
    const text = await readChild(command, args, signal).catch((thrown: unknown) => {
      signal.throwIfAborted();
      const said = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trim() : String(thrown);
      throw new AppError('VALIDATION_ERROR', `The kustomization ${folder} can't be built: ${said.replace(/^error: /, '')}.`, {
        hint: 'Mend what it names.',
        cause: thrown,
      });
    });
    if (text !== null) return text;
  }
  throw new AppError('UNSUPPORTED', 'Neither kustomize nor kubectl is installed, and -k needs one of them to build the folder.', {
    hint: 'Install kustomize; the objects themselves are read, compared and applied without it.',
  });
}
