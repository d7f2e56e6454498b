import type { ValueChange } from '@quarterdeck/contract';

/** What tells the items of a list in a pod template apart, by what comes first. */
const keys = ['name', 'mountPath', 'devicePath', 'containerPort', 'key', 'topologyKey', 'ip'] as const;

/** What the controllers themselves write into templates. */
const ownFields = /^(?:metadata\.labels\["(?:pod-template-hash|controller-revision-hash)"\]|metadata\.creationTimestamp|\$patch)$/;

export const restartedAt = 'metadata.annotations["kubectl.kubernetes.io/restartedAt"]';

const secretName = /pass(?:word|wd)?|secret|token|credential|api_?key|private_?key/i;
const longestValue = 120;

/** What differs between two pod templates, as values; paths are inside the template, items go by their names. */
export function templateChanges(from: unknown, to: unknown): ValueChange[] {
  const [before, after] = [new Map(leavesOf(from, '')), new Map(leavesOf(to, ''))];
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => !ownFields.test(path) && before.get(path) !== after.get(path));
  return paths.sort().map((path) => ({ path, from: shown(path, before.get(path)), to: shown(path, after.get(path)) }));
}

function* leavesOf(value: unknown, path: string): Iterable<[string, string]> {
  if (Array.isArray(value)) {
    const names = namesOf(value);
    for (const [index, item] of value.entries()) yield* leavesOf(withoutName(item, names?.key), `${path}[${names?.names[index] ?? index}]`);
    if (value.length === 0) yield [path, '[]'];
    return;
  }
  if (typeof value !== 'object' || value === null) {
    if (value !== null && value !== undefined) yield [path, String(value)];
    return;
  }
  const fields = Object.entries(value);
  if (fields.length === 0) yield [path, '{}'];
  for (const [name, below] of fields) yield* leavesOf(below, joined(path, name));
}

function joined(path: string, name: string): string {
  if (/[./]/.test(name)) return `${path}["${name}"]`;
  return path === '' ? name : /(?:^|\.)(?:labels|annotations|nodeSelector|matchLabels)$/.test(path) ? `${path}["${name}"]` : `${path}.${name}`;
}

/** The key by which the items are told apart, where all have one of their own. */
function namesOf(items: readonly unknown[]): { key: string; names: string[] } | null {
  for (const key of keys) {
    const names = items.map((item) => (typeof item === 'object' && item !== null && key in item ? String(Reflect.get(item, key)) : null));
    const known = names.filter((name) => name !== null);
    if (known.length === items.length && new Set(known).size === known.length && known.length > 0) return { key, names: known };
  }
  return null;
}

function withoutName(item: unknown, key: string | undefined): unknown {
  if (key === undefined || typeof item !== 'object' || item === null) return item;
  const rest = Object.fromEntries(Object.entries(item).filter(([name]) => name !== key));
  return Object.keys(rest).length === 0 ? Reflect.get(item, key) : rest;
}

function shown(path: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (/\.?env\[[^\]]*\]/.test(path) && secretName.test(path)) return '(hidden)';
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length > longestValue ? `${line.slice(0, longestValue - 1)}…` : line;
}

const mostNamed = 2;

/** `containers[app].image: local/nginx:1 → local/nginx:2 and 2 more fields`; empty where nothing differs. */
export function fieldChangesText(changes: readonly ValueChange[]): string {
  const named = changes.slice(0, mostNamed).map(({ path, from, to }) => `${path.replace(/^spec\.|\.value$/g, '')}: ${from ?? '(none)'} → ${to ?? '(none)'}`);
  const more = changes.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more ${more === 1 ? 'field' : 'fields'}` : ''}`;
}
