import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { typedNamespaceSchema } from '@quarterdeck/contract';
import * as z from 'zod';

/** The namespaces that a person named, by cluster. */
export const typedNamespacesSchema = z.object({ version: z.literal(1), clusters: z.record(z.string(), z.array(typedNamespaceSchema)) });

export function typedNamespacesPath(stateDirectory: string): string {
  return join(stateDirectory, 'namespaces.json');
}

/** What the workbench remembers for a cluster; nothing where there is no such file, or none that can be read. */
export async function readTypedNamespaces(stateDirectory: string, cluster: string): Promise<string[]> {
  try {
    const { clusters } = typedNamespacesSchema.parse(JSON.parse(await readFile(typedNamespacesPath(stateDirectory), 'utf8')));
    return clusters[cluster] ?? [];
  } catch {
    return []; // They are a help to find more, and never needed: the workbench itself says where the file is broken.
  }
}
