import { parseJsonPath, valuesAt } from '@quarterdeck/cluster';
import type { KindTypes } from '@quarterdeck/contract';
import type { CustomResource } from '../model/analyser.ts';
import { at, listAt, textAt } from './fields.ts';

/** A word in which a resource sums itself up. */
export interface StateWord {
  path: string;
  word: string;
}

const places: readonly (readonly string[])[] = [
  ...['phase', 'state', 'health', 'healthStatus', 'status', 'currentStatus', 'lifecycleState', 'printableStatus'].map((field) => [field]),
  ['health', 'status'],
  ['lifecycle', 'state'],
  ['connectionState', 'lastObservedState'],
  ['applicationState', 'state'],
  ['jobStatus', 'state'],
];

const failing = new Set([
  ...['failed', 'failure', 'failing', 'error', 'errored', 'degraded', 'unhealthy', 'invalid', 'rejected', 'denied', 'stalled', 'broken', 'aborted'],
  ...[
    'corrupt',
    'corrupted',
    'offline',
    'disconnected',
    'unreachable',
    'unavailable',
    'fault',
    'faulted',
    'faulty',
    'expired',
    'crashed',
    'crash',
    'err',
    'red',
  ],
]);
const negated = new Set(['no', 'not', 'non', 'without', 'never', 'zero', '0']);
const wellWords = new Set(['ready', 'healthy', 'available', 'synced', 'running', 'ok']);
const longest = 60;

/** Whether a word of a state says that something is broken: `SyncFailed`, `not ready`, `ERROR`; not `NoError`. */
export function isFailing(text: string): boolean {
  if (text.length > longest) return false;
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.some((word, i) => (negated.has(words[i - 1] ?? '') ? wellWords.has(word) : failing.has(word)));
}

/** The word for a failure that the status of a resource holds, where it is looked for or where its definition prints it. */
export function failingWord(object: CustomResource, definition: KindTypes['CustomResourceDefinition'] | undefined): StateWord | null {
  for (const place of places) {
    const word = textAt(object.status, ...place);
    if (word !== null && isFailing(word)) return { path: `status.${place.join('.')}`, word };
  }
  return printedWord(object, definition) ?? errorText(object);
}

const summing = /^(status|state|phase|health|robustness|ready|healthy|available|synced)$/i;
const wellByTruth = /^(ready|healthy|available|synced)$/i;

/** A column of `kubectl get` that sums up: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#additional-printer-columns */
function printedWord(object: CustomResource, definition: KindTypes['CustomResourceDefinition'] | undefined): StateWord | null {
  const version = definition?.spec.versions.find(({ name }) => object.apiVersion.endsWith(`/${name}`));
  for (const { name, jsonPath } of version?.additionalPrinterColumns ?? []) {
    if (!summing.test(name) || !jsonPath.startsWith('.status.') || jsonPath.includes('conditions')) continue;
    const path = parseJsonPath(jsonPath);
    const [value] = path === null ? [] : valuesAt(path, object);
    const isFalse = wellByTruth.test(name) && (value === false || value === 'False' || value === 'false');
    if (isFalse || (typeof value === 'string' && isFailing(value))) return { path: jsonPath.slice(1), word: String(value) };
  }
  return null;
}

const errors: readonly (readonly string[])[] = [['error', 'message'], ['error'], ['errorMessage'], ['failureMessage'], ['failureReason']];
const shortest = 40;

/** An error that stands in the status, of a kind that has no conditions to say whether it still holds: VolumeSnapshot, Machine. */
function errorText(object: CustomResource): StateWord | null {
  if (listAt(object.status, 'conditions').length > 0 || at(object.status, 'readyToUse') === true) return null;
  for (const place of errors) {
    const text = textAt(object.status, ...place);
    if (text !== null) return { path: `status.${place.join('.')}`, word: text.length > shortest ? 'error' : text };
  }
  return null;
}

const explaining: readonly (readonly string[])[] = [
  ['message'],
  ['health', 'message'],
  ['error'],
  ['errorMessage'],
  ['failureMessage'],
  ['lastError'],
  ['error', 'message'],
  ['lastFailure'],
  ['statusMessage'],
  ['description'],
  ['reason'],
  ['failureReason'],
];

/** What the status says in its own words; null where it says nothing. */
export function statusMessage(object: CustomResource): StateWord | null {
  for (const place of explaining) {
    const word = textAt(object.status, ...place)?.trim() ?? null;
    if (word !== null) return { path: `status.${place.join('.')}`, word };
  }
  return null;
}

/** Whether somebody told its operator to leave it alone. */
export function isPaused(object: CustomResource): boolean {
  const flags = ['suspend', 'suspended', 'paused', 'pause', 'disabled', 'hibernate'];
  if (flags.some((flag) => at(object.spec, flag) === true)) return true;
  return Object.entries(object.metadata.annotations ?? {}).some(
    ([key, value]) => /(^|[/.-])(paused?|suspend(ed)?|hibernation|reconcile-paused|pause-reconciliation)$/i.test(key) && /^(true|on|enabled|yes)$/i.test(value),
  );
}
