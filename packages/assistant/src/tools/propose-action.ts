import {
  type Action,
  type ActionDraft,
  type ActionStep,
  AppError,
  type Change,
  type ChangePreview,
  type Proposal,
  refLabel,
  worstDanger,
} from '@quarterdeck/contract';

/**
 * Previews what is proposed and keeps it as an action that a person approves or not. Null where a plan has no step that
 * changes anything. Throws what keeps it from being previewed at all.
 */
export type ProposeAction = (draft: ActionDraft, signal: AbortSignal) => Promise<Action | null>;

/** An action as the person is shown it. Throws where the API server refuses all of it: there is nothing to decide upon. */
export function actionProposal(action: Action, reason: string): Proposal {
  const { steps, id, cluster, title, hash, expiresAt, obstacles } = action;
  const [first] = steps;
  if (first?.refused != null && steps.every(({ refused }) => refused !== null)) {
    const { code, error, hint } = first.refused;
    throw new AppError(code, error, hint === undefined ? {} : { hint });
  }
  const danger = worstDanger(steps.flatMap(({ preview }) => preview?.danger ?? []));
  return {
    summary: steps.map(stepSummary).join('\n'),
    kubectl: steps.map(({ kubectl }) => kubectl).join('\n'),
    action: { id, cluster, title, hash, expiresAt, obstacles, danger },
    preview: null,
    reason,
  };
}

/** An action as a model is told of it: what it would do, and nothing to approve it with. */
export function toldOf({ title, steps, obstacles, leftOut }: Action): object {
  return {
    proposed: title,
    state: 'A person was shown this and decides. Nothing is done.',
    steps: steps.map(({ description, kubectl, preview, refused }) => ({
      description,
      kubectl,
      ...(preview === null ? { refused: refused?.error } : { ...preview.danger, impact: preview.impact.note, reaches: preview.radius.note }),
      ...(preview === null ? {} : { diff: preview.diff.text, warnings: preview.warnings, conflicts: preview.conflicts, managedBy: preview.managedBy }),
    })),
    obstacles,
    leftOut,
  };
}

function stepSummary({ change, preview, refused }: ActionStep): string {
  return preview === null ? `${refLabel(change.target)}: refused. ${refused?.error ?? ''}`.trim() : summaryOf(change, preview);
}

/** `PATCH deployments shop/web: 1 field changes (.spec.replicas); disruptive: it stops all pods`. */
export function summaryOf({ target }: Change, { request, diff, danger, impact }: Pick<ChangePreview, 'request' | 'diff' | 'danger' | 'impact'>): string {
  const fields = diff.fields.map(({ path }) => path);
  const shown = fields.slice(0, 5).join(', ');
  const count = fields.length === 1 ? '1 field changes' : `${fields.length} fields change`;
  const what = fields.length === 0 ? 'no field changes' : `${count} (${shown}${fields.length > 5 ? ', …' : ''})`;
  const why = danger.reason === '' ? danger.danger : `${danger.danger}: ${danger.reason}`;
  return `${request.subject.verb} ${request.subject.resource} on ${refLabel(target)}: ${what}. ${why}. ${impact.note}`.trim();
}
