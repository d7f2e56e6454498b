import { type HelmDifference, type KubeObject, parseQuantity } from '@quarterdeck/contract';
import { redactText } from '../redaction/redact-text.ts';
import { isHidden } from './concealer.ts';

/** More would be another object. */
const mostDifferences = 20;
const longestText = 200;

/** What names an entry of a list where its place does not: containers, volumes, variables; mounts, ports. */
const names = ['name', 'mountPath', 'containerPort', 'port', 'key', 'ip'] as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Where an object in the cluster is not as its manifest says: fields that the manifest sets and that are others or
 * gone. What the manifest leaves open (defaults, status, what controllers add) is no difference, and neither are two
 * ways of writing the same quantity. Hidden values are not compared. A Secret's data is not known.
 */
export function differences(wanted: unknown, found: KubeObject): HelmDifference[] {
  if (!isFields(wanted)) return [];
  const { data: _data, stringData: _stringData, ...open } = wanted;
  const collected: HelmDifference[] = [];
  const { apiVersion: _apiVersion, kind: _kind, status: _status, ...compared } = found.kind === 'Secret' ? open : wanted;
  compare(compared, found, '', collected);
  return collected.slice(0, mostDifferences);
}

function compare(wanted: unknown, found: unknown, path: string, collected: HelmDifference[]): void {
  if (collected.length >= mostDifferences || isNothing(wanted) || (typeof wanted === 'string' && isHidden(wanted))) return;
  if (Array.isArray(wanted)) compareLists(wanted, Array.isArray(found) ? found : [], path, collected);
  else if (isFields(wanted)) compareFields(wanted, isFields(found) ? found : {}, path, collected);
  else if (!isSame(wanted, found)) collected.push({ path, wanted: shown(wanted), found: isNothing(found) ? null : shown(found) });
}

function compareFields(wanted: Fields, found: Fields, path: string, collected: HelmDifference[]): void {
  for (const [key, value] of Object.entries(wanted)) compare(value, found[key], path === '' ? key : `${path}.${key}`, collected);
}

function compareLists(wanted: readonly unknown[], found: readonly unknown[], path: string, collected: HelmDifference[]): void {
  wanted.forEach((value, index) => {
    const name = nameOf(value);
    if (name === null) {
      compare(value, found[index], `${path}[${index}]`, collected);
      return;
    }
    const [key, own] = name;
    const other = found.find((entry) => isFields(entry) && entry[key] === own);
    compare(value, other, `${path}[${key}=${String(own)}]`, collected);
  });
}

function nameOf(value: unknown): [string, unknown] | null {
  if (!isFields(value)) return null;
  const key = names.find((name) => value[name] !== undefined);
  return key === undefined ? null : [key, value[key]];
}

/** `1000m` is `1`, `"80"` is `80`, an empty text is none, and many kinds drop false and 0 where they are the default. */
function isSame(wanted: unknown, found: unknown): boolean {
  if (wanted === found || String(wanted) === String(found ?? '')) return true;
  if ((wanted === false || wanted === 0) && found === undefined) return true;
  const [one, other] = [quantity(wanted), quantity(found)];
  return one !== null && other !== null && Math.abs(one - other) <= Math.abs(one) * 1e-9;
}

function quantity(value: unknown): number | null {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : null;
}

/** What the API server drops: null, and what is empty. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = redactText(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
