import type { KubeObject } from '@quarterdeck/contract';
import { diagnose } from '../run/diagnose.ts';
import { customKindsIn } from '../run/diagnose-objects.ts';
import type { Diagnosis } from '../run/diagnosis.ts';
import { builtInKnowledge, type Knowledge, knowledgeOf } from '../run/knowledge.ts';
import { fromYaml, testNow } from './from-yaml.ts';
import { answerFrom, fullCoverage, type TestEvidence, type TestOptions } from './test-view.ts';

export interface DiagnosisOptions extends Omit<TestOptions, 'answers'> {
  evidence?: TestEvidence;
  /** What the run knows; all registered analysers and rules where left out. */
  knows?: Pick<Knowledge, 'analysers' | 'rules'>;
}

/** A whole run over test objects: YAML or objects in, incidents and findings out. */
export function runDiagnosis(objects: readonly KubeObject[] | string, options: DiagnosisOptions = {}): Promise<Diagnosis> {
  const all = typeof objects === 'string' ? fromYaml(objects) : [...objects];
  return diagnose({
    snapshot: {
      clusterId: 'test',
      version: null,
      takenAt: options.now ?? testNow,
      scope: options.scope ?? null,
      objects: all,
      coverage: fullCoverage(options.coverage),
      reasons: {},
      customKinds: options.customKinds ?? customKindsIn(all),
    },
    evidence: { read: (request) => Promise.resolve(answerFrom(options.evidence ?? {}, request)) },
    signal: new AbortController().signal,
    knowledge: options.knows === undefined ? builtInKnowledge : knowledgeOf(options.knows),
  });
}
