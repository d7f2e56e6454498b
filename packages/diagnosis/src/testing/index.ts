export { diagnoseRecording } from './diagnose-recording.ts';
export { ago, fromYaml, testNow } from './from-yaml.ts';
export { type DiagnosisOptions, runDiagnosis } from './run-diagnosis.ts';
export { brokenCluster, healthyCluster } from './small-cluster.ts';
export { answerFrom, answersTo, fullCoverage, logAnswer, runAnalyser, type TestEvidence, type TestOptions, testView } from './test-view.ts';
