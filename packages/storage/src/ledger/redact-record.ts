import { redactJson } from '@quarterdeck/cluster';
import { type ActIntent, type ActResult, canonicalJson } from '@quarterdeck/contract';

export type LedgerRecord = ActIntent | ActResult;

/** One row must not make a ledger unreadable. Characters of JSON. */
const longestRecord = 256 * 1024;

/** What may be large, the least needed first. */
const large = ['diff', 'undo', 'input', 'detail', 'kubectl'];

/**
 * A record as it may be stored: Secrets without values, everything else without what looks like a secret, and of bounded
 * length. The last door before the disk: whoever wrote the record may have forgotten it.
 */
export function storableRecord(record: LedgerRecord): string {
  // An id is chosen by us, and so are the words: only what came from outside is looked through.
  const { phase, act, at, ...told } = record;
  return boundedJson({ ...redactFields(told), phase, act, at });
}

function redactFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactJson(hideSecretData(value))]));
}

function boundedJson(record: Record<string, unknown>): string {
  let text = canonicalJson(record);
  for (const name of large) {
    if (text.length <= longestRecord) break;
    const value = record[name];
    if (value === undefined || value === null) continue;
    record[name] = omitted(value);
    text = canonicalJson(record);
  }
  return text;
}

/** Says so in the form that the field has. */
function omitted(value: unknown): unknown {
  const note = `left out: ${canonicalJson(value).length} characters`;
  if (typeof value === 'string') return `(${note})`;
  return typeof value === 'object' && value !== null && 'kubectl' in value && 'note' in value ? { change: null, kubectl: null, note } : { note };
}

/** Values of Secrets, at any depth. */
function hideSecretData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideSecretData);
  if (typeof value !== 'object' || value === null) return value;
  const secret = 'kind' in value && value.kind === 'Secret';
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, secret && (name === 'data' || name === 'stringData') ? maskedValues(member) : hideSecretData(member)]),
  );
}

function maskedValues(values: unknown): unknown {
  if (typeof values !== 'object' || values === null) return values === null ? null : '***';
  return Object.fromEntries(Object.keys(values).map((key) => [key, '***']));
}
