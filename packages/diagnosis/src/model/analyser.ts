import type { CustomKind } from '@quarterdeck/cluster';
import { type BuiltInKind, groupOf, type KindTypes, type KubeObject } from '@quarterdeck/contract';
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
export function defineAnalyser<K extends BuiltInKind>(analyser: Analyser<K>): AnyAnalyser {
  return {
    id: analyser.id,
    kind: analyser.kind,
    reads: analyser.reads,
    codes: analyser.codes,
    *run(view, only) {
      for (const object of view.list(analyser.kind)) {
        if (only === undefined || only(object)) yield { object, findings: () => analyser.analyse(object, view) };
      }
    },
  };
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
export function defineCustomAnalyser(analyser: CustomAnalyser): AnyAnalyser {
  return {
    id: analyser.id,
    kind: 'CustomResourceDefinition',
    reads: analyser.reads,
    codes: analyser.codes,
    *run(view, only) {
      for (const kind of view.customKinds()) {
        if (!analyser.matches(kind)) continue;
        for (const object of view.listCustom(groupOf(kind.apiVersion), kind.kind)) {
          if (only === undefined || only(object)) yield { object, findings: () => analyser.analyse(object, view) };
        }
      }
    },
  };
}

/** An analyser whose kind is known to itself alone. */
export interface AnyAnalyser {
  id: string;
  kind: BuiltInKind;
  reads: readonly BuiltInKind[];
  codes: readonly FindingCode[];
  run(view: ClusterView, only?: (object: KubeObject) => boolean): Iterable<AnalysedObject>;
}

/** `findings` is called by the engine inside its own guard: one crashing object does not silence the others. */
export interface AnalysedObject {
  object: KubeObject;
  findings(): Iterable<RawFinding>;
}

/** Declares a finding code; the facts' type is checked where the message reads them. */
export function defineCode<F extends Facts>(code: FindingCode<F>): FindingCode<F> {
  return code;
}
