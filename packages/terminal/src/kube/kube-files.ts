import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';

/** A context as a file has it; whatever else is in it stays. */
const contextEntrySchema = z.looseObject({
  name: z.string(),
  context: z.looseObject({ cluster: z.string(), user: z.string().nullish(), namespace: z.string().nullish() }),
});
export type ContextEntry = z.infer<typeof contextEntrySchema>;

const named = z.looseObject({ name: z.string() });

const kubeFileSchema = z.looseObject({
  'current-context': z.string().nullish(),
  contexts: z.array(contextEntrySchema).nullish(),
  clusters: z.array(named).nullish(),
  users: z.array(named).nullish(),
});
export type KubeFile = z.infer<typeof kubeFileSchema>;

/** Larger than any kubeconfig. Bytes. */
const largest = 4 * 1024 * 1024;

/** Null for a file that is not there, can't be read or is no kubeconfig: kubectl says what is wrong with it. */
export async function readKubeFile(path: string): Promise<KubeFile | null> {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > largest ? null : kubeFileSchema.parse(parse(text));
  } catch {
    return null;
  }
}

/** As kubectl resolves it: the first file that has it wins. */
export async function findContext(files: readonly string[], name: string): Promise<ContextEntry | null> {
  for (const path of files) {
    const found = (await readKubeFile(path))?.contexts?.find((entry) => entry.name === name);
    if (found !== undefined) return found;
  }
  return null;
}
