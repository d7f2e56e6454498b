import type { CustomKind } from '@quarterdeck/cluster';
import { type BuiltInKind, isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { Facts, FindingCode, RawFinding } from './finding.ts';

/**
 * Looks at one object of one kind at a time, so that a change re-analyses only what depends on it. `reads` names the
 * other kinds it looks at; a kind that can't be read becomes coverage and the analyser must cope with its absence.
 * Pure: all it may use is the view. What the view does not have it asks for with `view.ask`.
 */
export interface Analyser<K extends BuiltInKind = BuiltInKind> {
  id: string;
  kind: K;
  reads: readonly BuiltInKind[];
  codes: readonly FindingCode[];
  analyse(object: KindTypes[K], view: ClusterView): Iterable<RawFinding>;
}

/** Keeps the kind's type inside `analyse`, and erases it for the list of all analysers. */
export function defineAnalyser<K extends BuiltInKind>({ id, kind, reads, codes, analyse }: Analyser<K>): AnyAnalyser {
  return { id, kind, reads, codes, custom: null, analyse: (object, view) => (isKind(object, kind) ? analyse(object, view) : []) };
}

/** Looks at the objects of custom kinds, one at a time, as `Analyser` does at those of a built-in kind. */
export interface CustomAnalyser {
  id: string;
  matches(kind: CustomKind): boolean;
  reads: readonly BuiltInKind[];
  codes: readonly FindingCode[];
  analyse(object: CustomResource, view: ClusterView): Iterable<RawFinding>;
}

/** An object whose shape its operator alone knows. */
export type CustomResource = KubeObject & { spec?: unknown; status?: unknown };

/** In the list of all analysers its kind is the one that says which kinds there are. */
export function defineCustomAnalyser({ id, matches, reads, codes, analyse }: CustomAnalyser): AnyAnalyser {
  return { id, kind: 'CustomResourceDefinition', reads, codes, custom: matches, analyse };
}

/** An analyser whose kind is known to itself alone. */
export interface AnyAnalyser {
  id: string;
  kind: BuiltInKind;
  reads: readonly BuiltInKind[];
  codes: readonly FindingCode[];
  /** The custom kinds whose objects it looks at; null for one that looks at objects of `kind`. */
  custom: ((kind: CustomKind) => boolean) | null;
  /** Called by the engine inside its own guard: one crashing object does not silence the others. */
  analyse(object: KubeObject, view: ClusterView): Iterable<RawFinding>;
}

/** Declares a finding code; the facts' type is checked where the message reads them. */
export function defineCode<F extends Facts>(code: FindingCode<F>): FindingCode<F> {
  return code;
}
