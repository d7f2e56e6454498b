import { type ActionStep, actionStepSchema } from '@quarterdeck/contract';
import { redactJson } from '../redaction/redact-object.ts';

/** A step as it may be stored and shown: without what looks like a secret in what it sends, changes and takes back. */
export function presentable(step: ActionStep): ActionStep {
  const { change, kubectl, preview, run } = step;
  // Redaction puts texts in the place of texts, so that a change stays one; it is checked all the same.
  return actionStepSchema.parse({
    ...step,
    change: redactJson(change),
    kubectl: redactJson(kubectl),
    preview: preview === null ? null : { ...preview, diff: redactJson(preview.diff), inverse: redactJson(preview.inverse) },
    run: { ...run, diff: redactJson(run.diff), undo: redactJson(run.undo) },
  });
}
