import { builtInKinds } from '@quarterdeck/contract';
import { parse } from 'yaml';
import * as z from 'zod';
import { objectLabel } from './problem.ts';
import type { MadeObject } from './wanted.ts';

/** What a model answers with. Objects are texts: no form that a provider enforces could hold every kind. */
export const manifestDraftSchema = z.strictObject({
  manifests: z.array(z.string()).describe('One Kubernetes object each, as YAML'),
  assumptions: z.array(z.string()).describe('What the description does not say'),
});

/** What a model may write of an object beside its content; the rest of the metadata is the cluster's. */
const objectSchema = z.looseObject({
  apiVersion: z.string().regex(/^(?:[a-z0-9.-]+\/)?v[a-z0-9]+$/, 'is no API version'),
  kind: z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'is no kind'),
  metadata: z.strictObject({
    name: z.string().regex(/^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/, 'is no name'),
    namespace: z.string().exactOptional(),
    labels: z.record(z.string(), z.string()).exactOptional(),
    annotations: z.record(z.string(), z.string()).exactOptional(),
  }),
  status: z.undefined('is the cluster’s to write').optional(),
});

const mostObjects = 20;

export interface ReadDraft {
  objects: MadeObject[];
  assumptions: string[];
}

/** The objects of a draft, or what is wrong with its form, in sentences. */
export function readManifestDraft(answer: unknown, namespace: string): ReadDraft | string[] {
  const draft = manifestDraftSchema.safeParse(answer);
  if (!draft.success) return faultsOf(draft.error, 'The answer');
  const { manifests, assumptions } = draft.data;
  if (manifests.length === 0 || manifests.length > mostObjects) return [`There must be 1 to ${mostObjects} manifests; there are ${manifests.length}.`];
  const faults: string[] = [];
  const objects = manifests.flatMap((text, index) => {
    const read = readObject(text, `Manifest ${index + 1}`);
    if (!Array.isArray(read)) return [placed(read, namespace)];
    faults.push(...read);
    return [];
  });
  const twice = objects.filter((object, index) => objects.findIndex((each) => keyOf(each) === keyOf(object)) < index);
  faults.push(...twice.map((object) => `${objectLabel(object)} is there twice.`));
  return faults.length > 0 ? faults : { objects, assumptions };
}

function readObject(text: string, place: string): MadeObject | string[] {
  let value: unknown;
  try {
    // Anchors can make a small text a huge object.
    value = parse(text, { maxAliasCount: 0 });
  } catch (thrown) {
    return [`${place} is no YAML of one object: ${thrown instanceof Error ? thrown.message.split('\n')[0] : 'unreadable'}`];
  }
  const parsed = objectSchema.safeParse(value);
  return parsed.success ? parsed.data : faultsOf(parsed.error, place);
}

function faultsOf({ issues }: z.ZodError, place: string): string[] {
  return issues.slice(0, 5).map(({ path, message }) => `${place}${path.length === 0 ? '' : `, ${path.join('.')}`}: ${message}`);
}

/** Into the namespace that is meant, or into none: as the kind has it. A kind that is not built in stays as it was written. */
function placed(object: MadeObject, namespace: string): MadeObject {
  const known = Object.entries(builtInKinds).find(([kind, { apiVersion }]) => kind === object.kind && apiVersion === object.apiVersion)?.[1];
  if (known === undefined) return object;
  const { namespace: written, ...metadata } = object.metadata;
  return { ...object, metadata: known.namespaced ? { ...metadata, namespace: written ?? namespace } : metadata };
}

function keyOf({ apiVersion, kind, metadata: { name, namespace } }: MadeObject): string {
  return [apiVersion, kind, namespace, name].join(' ');
}
