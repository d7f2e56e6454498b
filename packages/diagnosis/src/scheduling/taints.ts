import type { KindTypes } from '@quarterdeck/contract';
import type { PodSpec, Taint, Toleration } from 'kubernetes-types/core/v1.js';

type Node = KindTypes['Node'];

/** As kubectl writes it: `dedicated=gpu:NoSchedule`. */
export function taintText({ key, value, effect }: Pick<Taint, 'key' | 'value' | 'effect'>): string {
  return `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`;
}

export function tolerationText({ key, operator, value, effect }: Toleration): string {
  const equals = operator === 'Exists' || value === undefined || value === '' ? '' : `=${value}`;
  return `${key ?? 'every key'}${equals}:${effect ?? 'every effect'}${operator === 'Exists' ? ' (Exists)' : ''}`;
}

/** Source: ToleratesTaint of component-helpers/scheduling/corev1. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== '' && toleration.effect !== taint.effect) return false;
  if (toleration.key !== undefined && toleration.key !== '' && toleration.key !== taint.key) return false;
  return toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '');
}

/** The taints of a node that keep the pod away from it. */
export function untolerated(spec: PodSpec, node: Node): Taint[] {
  const keeping = (node.spec?.taints ?? []).filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
  return keeping.filter((taint) => !(spec.tolerations ?? []).some((toleration) => tolerates(toleration, taint)));
}
