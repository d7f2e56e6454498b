import type { PodSpec, Taint, Toleration } from 'kubernetes-types/core/v1.js';
import { nearMiss } from '../pods/near-name.ts';
import { tolerates } from './taints.ts';

/** A toleration that was meant for a taint and does not fit it. */
export interface NearToleration {
  toleration: Toleration;
  /** Its place in `spec.tolerations`. */
  index: number;
  taint: Taint;
  /** Where the two differ. */
  differs: 'key' | 'value' | 'effect' | 'operator';
}

/** The toleration that comes nearest to one of the taints; null where none was meant for any. */
export function nearToleration(spec: PodSpec, taints: readonly Taint[]): NearToleration | null {
  for (const taint of taints) {
    for (const [index, toleration] of (spec.tolerations ?? []).entries()) {
      const differs = tolerates(toleration, taint) ? null : difference(toleration, taint);
      if (differs !== null) return { toleration, index, taint, differs };
    }
  }
  return null;
}

/** The one thing that is wrong; null where key and value have nothing in common with the taint. */
function difference(toleration: Toleration, taint: Taint): NearToleration['differs'] | null {
  const value = taint.value ?? '';
  const own = toleration.value ?? '';
  if (toleration.key !== taint.key) return isAlike(toleration.key ?? '', taint.key) && (own === value || isAlike(own, value)) ? 'key' : null;
  if (toleration.operator !== 'Exists' && own !== value) return own === '' ? 'operator' : 'value';
  return 'effect';
}

/** Misspelt, or one the ending of the other behind a prefix: `gpu` and `example.com/gpu`. */
function isAlike(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  const withoutPrefix = (text: string) => text.slice(text.lastIndexOf('/') + 1);
  return nearMiss(a, [b]) !== null || withoutPrefix(a) === withoutPrefix(b);
}
