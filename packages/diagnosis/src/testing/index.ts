export { ago, fromYaml, testNow } from './from-yaml.ts';
export { answerFrom, answersTo, fullCoverage, logAnswer, runAnalyser, type TestEvidence, type TestOptions, testView } from './test-view.ts';
