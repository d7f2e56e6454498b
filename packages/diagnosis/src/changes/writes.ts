import { fieldOwners } from '@quarterdeck/cluster';
import type { KubeObject } from '@quarterdeck/contract';

/** Parts of Kubernetes that write into objects all the time; what they write is no change that somebody made. */
const ownWriters = new Set(['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-apiserver', 'cloud-controller-manager']);

/** One manager's latest write to an object. Of earlier ones Kubernetes keeps nothing. */
export interface Write {
  /** Epoch milliseconds. */
  at: number;
  /** The field manager; `unknown` where the object does not say. */
  by: string;
  /** Whether it made the object. */
  creates: boolean;
  /** What it wrote and still owns, as evidence names fields; empty where that is not known, or all of the object. */
  fields: readonly string[];
}

/** When somebody wrote what an object says, its creation among them; notes on it and restarts are left out. Cheaper than `writesOf`. */
export function* writeTimes({ metadata }: KubeObject): Iterable<number> {
  const created = Date.parse(metadata.creationTimestamp ?? '');
  if (!Number.isNaN(created)) yield created;
  for (const { at, entry } of entriesOf(metadata)) if (entry.fieldsV1 === undefined || saysSomething(entry.fieldsV1)) yield at;
}

/** Whether a tree of fields has more than notes: labels and annotations of the object, annotations of its pods (a restart). */
function saysSomething(tree: object): boolean {
  const below = (name: string, from: unknown): unknown => (typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined);
  const namesOf = (value: unknown) => (typeof value === 'object' && value !== null ? Object.keys(value).filter((name) => name !== '.') : []);
  const only = (value: unknown, name: string) => namesOf(value).every((other) => other === name);
  const spec = below('f:spec', tree);
  const template = below('f:template', spec);
  if (!namesOf(tree).every((name) => name === 'f:metadata' || name === 'f:spec')) return true;
  if (spec === undefined) return false;
  const metadata = below('f:metadata', template);
  return !(only(spec, 'f:template') && only(template, 'f:metadata') && only(metadata, 'f:annotations'));
}

/** Who wrote to an object and what, by its managed fields; the newest first. */
export function writesOf({ metadata }: KubeObject): Write[] {
  const created = Date.parse(metadata.creationTimestamp ?? '');
  const writes = entriesOf(metadata).map(({ at, entry }): Write => {
    const [owner] = fieldOwners([entry]);
    const creates = at === created;
    return { at, by: entry.manager ?? 'unknown', creates, fields: creates ? [] : (owner?.fields ?? []).map(fieldName).filter(isChange) };
  });
  const creation: Write[] = Number.isNaN(created) || writes.some((write) => write.creates) ? [] : [{ at: created, by: 'unknown', creates: true, fields: [] }];
  return [...writes, ...creation].sort((a, b) => b.at - a.at || (a.by < b.by ? -1 : 1));
}

type Metadata = KubeObject['metadata'];

function entriesOf({ managedFields = [] }: Metadata) {
  return managedFields.flatMap((entry) => {
    const at = Date.parse(entry.time ?? '');
    return Number.isNaN(at) || entry.subresource === 'status' || ownWriters.has(entry.manager ?? '') ? [] : [{ at, entry }];
  });
}

/** Maps whose keys may hold dots; `spec.selector` is one in a Service alone. */
const maps = /(^|\.)(annotations|labels|data|binaryData|stringData|matchLabels|nodeSelector|selector(?!\.match(?:Labels|Expressions)))\.(.+)$/;

/** `.spec.containers[name="app"].image` as `spec.containers[app].image`, `.data.app.conf` as `data["app.conf"]`. */
function fieldName(path: string): string {
  const plain = path.replace(/^\./, '').replaceAll(/\[name="([^"\]]*)"\]/g, '[$1]');
  return plain.replace(maps, (_all, before: string, map: string, key: string) => `${before}${map}["${key}"]`);
}

const bookkeeping = /last-applied-configuration|deployment\.kubernetes\.io\/revision|kubernetes\.io\/change-cause/;

function isChange(field: string): boolean {
  return !bookkeeping.test(field) && !/^(?:metadata\.(?:annotations|labels)|data|spec)$/.test(field);
}

/** Whether two field paths name the same place or one holds the other; `[0]` and `[app]` are taken for the same item. */
export function fieldsOverlap(a: string, b: string): boolean {
  const [one, other] = [stepsOf(a), stepsOf(b)];
  return one.slice(0, other.length).every((step, index) => step === other[index]) && one.length > 0 && other.length > 0;
}

/** `data["app.conf"]` is two steps, `containers[0]` and `containers[app]` the same two. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]*)"\]|(\[)[^\]]*\]|([^.[\]]+)/g)].map(([, quoted, item, name]) => quoted ?? item ?? name ?? '');
}

const mostNamed = 3;

/** `set spec.selector.app`, `created`, or how many fields where they are many. */
export function writeText({ creates, fields }: Pick<Write, 'creates' | 'fields'>): string {
  if (creates) return 'created';
  if (fields.length === 0) return 'updated';
  if (fields.length <= mostNamed) return `set ${fields.join(', ')}`;
  return `set ${fields.slice(0, mostNamed).join(', ')} and ${fields.length - mostNamed} more fields`;
}
