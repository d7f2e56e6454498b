import type { ActDraft, ActEnd, Change, KubeObject } from '@quarterdeck/contract';
import { refLabel } from '@quarterdeck/contract';
import { comparable } from '../change/diff/clean-object.ts';
import { objectDiff } from '../change/diff/object-diff.ts';
import { isSecret, masked } from '../change/diff/secret-mask.ts';
import { redactObject } from '../redaction/redact-object.ts';
import { kubectlCommand } from './kubectl-command.ts';
import { undoOf } from './undo-change.ts';

/** What is written down of a change before it is made. `before`: the object as it is; null where it is not there or may not be read. */
export function changeDraft(asked: Change, before: KubeObject | null): ActDraft {
  const change = withoutValues(asked);
  return { action: `change.${asked.verb}`, target: asked.target, input: { change }, kubectl: kubectlCommand(change), undo: undoOf(change, before, null) };
}

/** What is written down once it is made. The objects are those of the server, Secrets with their values: nothing of them is told. */
export function changeEnd(change: Change, before: KubeObject | null, after: KubeObject | null): Partial<ActEnd> {
  const gone = change.verb === 'delete' || change.verb === 'evict';
  const keepStatus = change.verb === 'patch' && change.subresource !== undefined;
  const old = change.verb === 'trigger' ? null : before;
  const [was, is] = comparable(old, gone ? null : after, { keepStatus });
  const diff = change.verb === 'evict' ? '' : objectDiff(was && redactObject(was), is && redactObject(is), refLabel(change.target)).text;
  const named = change.target.name === '' && after !== null ? { name: after.metadata.name } : {};
  return { diff: diff === '' ? null : diff, undo: undoOf(change, before, after), detail: named };
}

/** A change of a Secret without any of its values; every other change as it is. */
export function withoutValues(change: Change): Change {
  if (!isSecret(change.target)) return change;
  switch (change.verb) {
    case 'apply':
    case 'create':
    case 'replace':
      return { ...change, manifest: maskedManifest(change.manifest) };
    case 'patch':
      return { ...change, patch: Array.isArray(change.patch) ? change.patch.map(maskedStep) : maskedManifest(change.patch) };
    default:
      return change;
  }
}

function maskedManifest(manifest: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(manifest).map(([field, value]) => [field, field === 'data' || field === 'stringData' ? maskedLeaves(value) : value]),
  );
}

/** A step of a JSON patch: whatever it sets. */
function maskedStep(step: Record<string, unknown>): Record<string, unknown> {
  return 'value' in step ? { ...step, value: maskedLeaves(step.value) } : step;
}

/** Null takes a key away, and stays. */
function maskedLeaves(value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map(maskedLeaves);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, maskedLeaves(member)]));
  return masked;
}
