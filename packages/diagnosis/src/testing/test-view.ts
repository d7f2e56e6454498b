import type { CustomKind } from '@quarterdeck/cluster';
import { type EvidenceAnswer, type EvidenceRequest, type EvidenceValues, evidenceKey, type KindCoverage } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, groupOf, type KubeObject } from '@quarterdeck/contract';
import type { AnyAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { customKindsIn } from '../run/diagnose-objects.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { createClusterView, type EvidenceAnswers, type OpenView } from '../view/create-cluster-view.ts';
import { fromYaml, testNow } from './from-yaml.ts';

export interface TestOptions {
  answers?: EvidenceAnswers;
  /** Epoch milliseconds; `testNow` where left out. */
  now?: number;
  scope?: readonly string[] | null;
  /** What was not read; every other kind was. */
  coverage?: Partial<Record<BuiltInKind, KindCoverage>>;
  /** Left out: those of the definitions and of the objects that are there, all read. */
  customKinds?: readonly CustomKind[];
}

/** Everything was read. */
export function fullCoverage(except: Partial<Record<BuiltInKind, KindCoverage>> = {}): Partial<Record<BuiltInKind, KindCoverage>> {
  const coverage: Partial<Record<BuiltInKind, KindCoverage>> = {};
  for (const kind of Object.keys(builtInKinds).filter(isBuiltIn)) coverage[kind] = except[kind] ?? 'read';
  return coverage;
}

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

export function testView(objects: readonly KubeObject[] | string, options: TestOptions = {}): OpenView {
  const all = typeof objects === 'string' ? fromYaml(objects) : [...objects];
  return createClusterView({
    objects: all,
    customKinds: options.customKinds ?? customKindsIn(all),
    now: options.now ?? testNow,
    scope: options.scope ?? null,
    coverage: fullCoverage(options.coverage),
    answers: options.answers ?? new Map(),
  });
}

/** What one analyser sees in these objects, without an engine around it; a crash is thrown. */
export function runAnalyser(analyser: AnyAnalyser, objects: readonly KubeObject[] | string, options: TestOptions = {}): RawFinding[] {
  const { view } = testView(objects, options);
  return objectsFor(analyser, view).flatMap((object) => [...analyser.analyse(object, view)]);
}

function objectsFor({ kind, custom }: AnyAnalyser, view: ClusterView): readonly KubeObject[] {
  if (custom === null) return view.list(kind);
  return view.customKinds().flatMap((each) => (custom(each) ? view.listCustom(groupOf(each.apiVersion), each.kind) : []));
}

type LogQuestion = Extract<EvidenceRequest, { need: 'log' }>;

/** A log as the cluster would answer it: `lines` are texts, oldest first. */
export function logAnswer(lines: readonly string[]): EvidenceAnswer {
  return { state: 'answered', need: 'log', value: lines.map((text) => ({ at: null, text })) };
}

/** Answers to give beforehand, e.g. `answersTo([{ need: 'log', … }, logAnswer(['boom'])])`. */
export function answersTo(...pairs: [EvidenceRequest, EvidenceAnswer][]): EvidenceAnswers {
  return new Map(pairs.map(([request, answer]) => [evidenceKey(request), answer]));
}

/**
 * Logs by `pod/container` or `pod/container (previous)`, whatever the number of lines asked for and the namespace;
 * Secret shapes and certificates by the Secret's name. A log that is null is absent;
 * what is not named here is refused.
 */
export interface TestEvidence {
  logs?: Record<string, readonly string[] | null>;
  secretShapes?: Record<string, EvidenceValues['secretShape']>;
  certificates?: Record<string, EvidenceValues['certificate']>;
}

export function answerFrom(evidence: TestEvidence, request: EvidenceRequest): EvidenceAnswer {
  if (request.need === 'log') {
    const lines = evidence.logs?.[logName(request)];
    if (lines === null) return { state: 'absent', reason: `${logName(request)} has not run` };
    return lines === undefined ? { state: 'refused', reason: `there is no log of ${logName(request)}` } : logAnswer(lines);
  }
  if (request.need === 'secretShape') {
    const value = evidence.secretShapes?.[request.name];
    return value === undefined ? { state: 'refused', reason: `Secret ${request.name} was not found` } : { state: 'answered', need: 'secretShape', value };
  }
  const value = evidence.certificates?.[request.name];
  return value === undefined ? { state: 'refused', reason: `Secret ${request.name} was not found` } : { state: 'answered', need: 'certificate', value };
}

function logName(request: LogQuestion): string {
  return `${request.pod}/${request.container}${request.previous ? ' (previous)' : ''}`;
}
