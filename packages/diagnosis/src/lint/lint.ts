import {
  type Advice,
  type AdvicePlace,
  type AdviceThresholds,
  adviceSeverities,
  defaultAdviceThresholds,
  type ObjectRef,
  refKey,
  refLabel,
  refTo,
} from '@quarterdeck/contract';
import { compareText } from '../resolve/compare-chains.ts';
import type { Skipped } from '../run/skipped.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { LintCheck, LintSettings } from './define-lint.ts';
import { lintChecks } from './index.ts';

export interface LintOptions {
  /** The policy pack as well. */
  policy?: boolean;
  thresholds?: AdviceThresholds;
  /** `v1.35.2`; null where it is not known. */
  version?: string | null;
  /** Only what lies in this namespace. Left out: everywhere but in the namespaces that Kubernetes keeps for itself. */
  namespace?: string | undefined;
  /** Only what this check says. */
  check?: string | undefined;
  /** All registered checks where left out. */
  checks?: readonly LintCheck[];
}

export interface LintOutcome {
  /** Low before info, then by check and object. */
  advice: Advice[];
  /** How many places an annotation silenced. */
  ignored: number;
  /** Objects that a check stumbled over. */
  skipped: Skipped[];
}

/** Codes between commas, on the object, its workload or its namespace: what they name is not said of it. */
export const ignoreAnnotation = 'quarterdeck.dev/ignore';

/** What Kubernetes and its distributions put there is not the reader's to write. */
const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** What could be better although nothing is broken. Apart from incidents in every way: it opens none and closes none. */
export function lint(view: ClusterView, options: LintOptions = {}): LintOutcome {
  const steps = lintSteps(view, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same where others share the process: `rest` resolves when they had their turn, once a check. */
export async function lintInTurns(view: ClusterView, options: LintOptions, rest: () => Promise<void>): Promise<LintOutcome> {
  const steps = lintSteps(view, options);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await rest();
  }
}

function* lintSteps(view: ClusterView, options: LintOptions): Generator<undefined, LintOutcome> {
  const settings: LintSettings = { thresholds: options.thresholds ?? defaultAdviceThresholds, serverMinor: minorOf(options.version) };
  const outcome: LintOutcome = { advice: [], ignored: 0, skipped: [] };
  for (const check of options.checks ?? lintChecks) {
    if ((check.pack === 'policy' && options.policy !== true) || (options.check !== undefined && check.code !== options.check)) continue;
    const places = [...check.run(view, settings, outcome.skipped)].filter(({ object }) => isWanted(object, options.namespace));
    const heard = places.filter(({ object }) => !isIgnored(object, check.code, view));
    outcome.ignored += places.length - heard.length;
    outcome.advice.push(...grouped(check, heard, view));
    yield;
  }
  outcome.advice.sort(inOrder);
  outcome.skipped = [...new Map(outcome.skipped.map((each) => [each.what, each])).values()];
  return outcome;
}

function minorOf(version: string | null | undefined): number | null {
  const minor = /^v?\d+\.(\d+)/.exec(version ?? '')?.[1];
  return minor === undefined ? null : Number(minor);
}

function isWanted(object: ObjectRef, namespace: string | undefined): boolean {
  const own = object.kind === 'Namespace' ? object.name : object.namespace;
  return namespace === undefined ? own === null || !systemNamespaces.has(own) : own === namespace;
}

function isIgnored(object: ObjectRef, code: string, view: ClusterView): boolean {
  const holders = [object, view.topOwner(object), ...(object.namespace === null ? [] : [refTo('Namespace', null, object.namespace)])];
  return holders.some((holder) => ignoredCodes(holder, view).some((ignored) => ignored === code));
}

function ignoredCodes(holder: ObjectRef, view: ClusterView): string[] {
  const text = view.find(holder)?.metadata.annotations?.[ignoreAnnotation] ?? '';
  return text.split(',').map((code) => code.trim().toLowerCase());
}

function grouped(check: LintCheck, places: readonly AdvicePlace[], view: ClusterView): Advice[] {
  const groups = Map.groupBy(places, (place) => refKey(view.topOwner(place.object)));
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    return [{ check: check.code, title: check.title, severity: check.severity, object: view.topOwner(first.object), places: members }];
  });
}

function inOrder(a: Advice, b: Advice): number {
  const worse = adviceSeverities.indexOf(a.severity) - adviceSeverities.indexOf(b.severity);
  return worse || compareText(a.check, b.check) || compareText(refLabel(a.object), refLabel(b.object));
}
