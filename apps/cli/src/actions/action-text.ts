import { type Action, type ActionStep, type BlastRadius, refLabel, type StepPreview } from '@quarterdeck/contract';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';
import { textTable } from '../output/text-table.ts';
import { wrap } from '../output/wrap.ts';

interface Width {
  columns: number;
  colour: boolean;
}

/** What would be done, for a person who decides about it. */
export function previewText(action: Action, { columns, colour }: Width): string {
  const paint = painter(colour);
  const steps = action.steps.map((step, index) => stepLines(step, index + 1, columns));
  const left = action.leftOut.map(({ stepId, description, kubectl, reason }) => [
    ...wrap(`- ${stepId}: ${printable(description)} (${printable(reason)})`, columns, '  '),
    ...(kubectl === null ? [] : [`      ${printable(kubectl)}`]),
  ]);
  const parts = [
    [paint('bold', printable(action.title))],
    ...steps,
    ...(left.length === 0 ? [] : [['Not part of it:', ...left.flat()]]),
    ...action.obstacles.map((obstacle) => wrap(`! ${printable(obstacle)}`, columns, '  ')),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A step with its command, what it changes and reaches, and how it is taken back. */
export function stepLines({ description, kubectl, preview, refused, until, timeoutSeconds }: ActionStep, number: number, columns: number): string[] {
  const [first = '', ...more] = wrap(printable(description), columns, '   ');
  const heading = [`${number}. ${first.trimStart()}`, ...more, `       ${printable(kubectl)}`];
  if (preview === null) return [...heading, ...wrap(`Refused: ${printable(refused?.error ?? '')}`, columns, '   ')];
  const checks = until.map((condition) => ('target' in condition ? `${condition.type} ${refLabel(condition.target)}` : condition.type));
  return [
    ...heading,
    ...(preview.diff.text === '' ? [] : indented(preview.diff.text)),
    ...wrap(`Impact: ${preview.radius.level}. ${printable(preview.radius.note)}`, columns, '   '),
    ...reachLines(preview.radius).flatMap((line) => wrap(printable(line), columns, '   ')),
    ...noteLines(preview).flatMap((line) => wrap(printable(line), columns, '   ')),
    ...(checks.length === 0 ? [] : wrap(`Check: ${checks.join(', ')} within ${timeoutSeconds} s`, columns, '   ')),
    ...wrap(`Undo: ${printable(preview.inverse.kubectl ?? preview.inverse.note ?? 'none')}`, columns, '   '),
  ];
}

function reachLines({ budgets, traffic, autoscalers, notSeen }: BlastRadius): string[] {
  return [
    ...traffic.map(({ object, note }) => `Traffic: ${refLabel(object)}: ${note}`),
    ...budgets.map(({ budget, note }) => `Budget: ${refLabel(budget)}: ${note}`),
    ...autoscalers.map(({ object, note }) => `Autoscaler: ${refLabel(object)}: ${note}`),
    ...notSeen.map((text) => `Not seen: ${text}`),
  ];
}

function noteLines({ warnings, conflicts, owners, managedBy }: StepPreview): string[] {
  return [
    ...managedBy.map(({ note }) => `Managed: ${note}`),
    ...owners.map(({ manager, fields, since }) => `Set by: ${manager}${since === null ? '' : ` (${since})`}: ${fields.slice(0, 3).join(', ')}`),
    ...conflicts.map(({ manager, fields }) => `Conflict: ${manager} owns ${fields.join(', ')}`),
    ...warnings.map((text) => `Warning: ${text}`),
  ];
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `   | ${printable(line)}`);
}

/** How one step stands, in one line; the same line for the same state. */
export function progressLine({ stepId, run, description }: ActionStep): string {
  const unmet = run.validation.find(({ state }) => state !== 'met' && state !== 'waiting') ?? run.validation.find(({ state }) => state === 'waiting');
  const said = run.error?.error ?? (unmet ?? run.validation.at(-1))?.message ?? '';
  return printable(`${stepId}  ${run.state.padEnd(10)} ${description}${said === '' ? '' : `: ${said}`}`);
}

/** How it ended, and how it is taken back. */
export function endText(action: Action): string {
  const lines = [`${action.state}${action.reason === null ? '' : `: ${printable(action.reason)}`}`];
  const undoable = action.undoneBy === null && action.steps.some(({ run }) => run.undo?.change != null);
  if (undoable) lines.push(`Take it back with: qd actions undo ${action.id}`);
  return `${lines.join('\n')}\n`;
}

export function actionTable(actions: readonly Action[]): string {
  const rows = actions.map(({ createdAt, state, cluster, proposedBy, approval, title, id }) => [
    createdAt,
    state,
    cluster,
    approval?.by ?? proposedBy.id,
    id,
    title,
  ]);
  return textTable([['TIME', 'STATE', 'CLUSTER', 'WHO', 'ID', 'TITLE'], ...rows]);
}
