import type { KubeObject } from '@quarterdeck/contract';
import { parse } from 'yaml';
import * as z from 'zod';
import { ingestObject } from '../../access/ingest.ts';
import { type BundleLimits, bundleInvalid } from '../bundle-format.ts';
import { JsonGuard } from '../json-guard.ts';

const listSchema = z.object({
  apiVersion: z.string().max(200),
  kind: z
    .string()
    .max(200)
    .regex(/^\w*List$/),
  items: z.array(z.unknown()).nullable(),
});

export interface DumpedList {
  apiVersion: string;
  kind: string;
  items: KubeObject[];
}

/** One list of a dump. `place` names it in errors: BUNDLE_INVALID for what is no list of objects. */
export function readList(path: string, place: string, text: string, limits: BundleLimits): DumpedList {
  const isYaml = /\.ya?ml$/.test(place);
  const wrong = isYaml ? null : new JsonGuard(limits).feed(Buffer.from(text, 'utf8'));
  if (wrong !== null) throw bundleInvalid(path, `${place}: ${wrong}`);
  const list = listSchema.safeParse(isYaml ? parseYaml(path, place, text) : parseJson(path, place, text));
  if (!list.success) throw bundleInvalid(path, `${place} is not a list of objects`, list.error);
  const { apiVersion, items } = list.data;
  const kind = list.data.kind.replace(/List$/, '');
  return { apiVersion, kind, items: (items ?? []).map((item, index) => readItem(path, `${place}, items[${index}]`, item, { apiVersion, kind })) };
}

function readItem(path: string, place: string, item: unknown, named: { apiVersion: string; kind: string }): KubeObject {
  const object = ingestObject(item, named);
  if (object === null) throw bundleInvalid(path, `${place} has no usable metadata`);
  return object;
}

function parseJson(path: string, place: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw bundleInvalid(path, `${place} is not JSON (${thrown instanceof Error ? thrown.message : String(thrown)})`, thrown);
  }
}

/** kubectl writes no aliases; those of a stranger could unfold without end. */
function parseYaml(path: string, place: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (thrown) {
    throw bundleInvalid(path, `${place} is not YAML (${thrown instanceof Error ? thrown.message : String(thrown)})`, thrown);
  }
}
