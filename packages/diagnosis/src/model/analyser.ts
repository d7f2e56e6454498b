import type { BuiltInKind, KindTypes } from '@quarterdeck/contract';
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

/** An analyser whose kind is known to itself alone. */
export interface AnyAnalyser {
  id: string;
  kind: BuiltInKind;
  reads: readonly BuiltInKind[];
  codes: readonly FindingCode[];
  run(view: ClusterView, only?: (object: KindTypes[BuiltInKind]) => boolean): Iterable<AnalysedObject>;
}

/** `findings` is called by the engine inside its own guard: one crashing object does not silence the others. */
export interface AnalysedObject {
  object: KindTypes[BuiltInKind];
  findings(): Iterable<RawFinding>;
}

/** Declares a finding code; the facts' type is checked where the message reads them. */
export function defineCode<F extends Facts>(code: FindingCode<F>): FindingCode<F> {
  return code;
}
