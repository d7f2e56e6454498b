import type { AnyAnalyser } from '../../model/analyser.ts';
import { argoApplicationAnalyser } from './argo.ts';
import { acmeAnalyser } from './cert-manager.ts';
import { k8sGptAnalyser } from './k8sgpt.ts';
import { kedaAnalyser } from './keda.ts';
import { olmSubscriptionAnalyser } from './olm.ts';
import { prometheusMonitorAnalyser } from './prometheus.ts';

/** Readers of operators whose resources say more than the conventions tell, one a line. */
export const operatorAnalysers: readonly AnyAnalyser[] = [
  argoApplicationAnalyser,
  acmeAnalyser,
  k8sGptAnalyser,
  kedaAnalyser,
  olmSubscriptionAnalyser,
  prometheusMonitorAnalyser,
];
