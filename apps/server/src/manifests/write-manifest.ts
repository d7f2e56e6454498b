import { type GeneratedManifest, generateManifest } from '@quarterdeck/assistant';
import type { ClusterAccess } from '@quarterdeck/cluster';
import type { WrittenManifest } from '@quarterdeck/contract';
import { stringify } from 'yaml';

/** What a template makes of a description. Throws UNSUPPORTED for what none makes. */
export async function manifestByTemplate(access: ClusterAccess, description: string, namespace: string, signal: AbortSignal): Promise<WrittenManifest> {
  return writtenManifest(await generateManifest(access, description, { namespace, signal }));
}

export function writtenManifest({ objects, template, model, refused, parameters, repaired, unchecked }: GeneratedManifest): WrittenManifest {
  const text = objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n');
  return { text, template, model, refused, parameters: parameters.map(({ name, value, said }) => ({ name, value, said })), repaired, unchecked };
}
