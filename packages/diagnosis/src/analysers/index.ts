import type { AnyAnalyser } from '../model/analyser.ts';
import { certificateAnalyser } from './certificate.ts';
import { deletionAnalysers, namespaceDeletionAnalyser } from './deletion.ts';
import { disruptionBudgetAnalyser } from './disruption-budget.ts';
import { horizontalPodAutoscalerAnalyser } from './horizontal-pod-autoscaler.ts';
import { ingressAnalyser } from './ingress.ts';
import { nodeAnalyser } from './node.ts';
import { persistentVolumeAnalyser } from './persistent-volume.ts';
import { persistentVolumeClaimAnalyser } from './persistent-volume-claim.ts';
import { clusterRoleBindingAnalyser, roleBindingAnalyser } from './role-binding.ts';
import { serviceEndpointsAnalyser } from './service-endpoints.ts';
import { servicePortsAnalyser } from './service-ports.ts';
import { mutatingWebhookAnalyser, validatingWebhookAnalyser } from './webhook.ts';

/** Every analyser, one a line. */
export const analysers: readonly AnyAnalyser[] = [
  certificateAnalyser,
  ...deletionAnalysers,
  namespaceDeletionAnalyser,
  disruptionBudgetAnalyser,
  horizontalPodAutoscalerAnalyser,
  ingressAnalyser,
  nodeAnalyser,
  persistentVolumeAnalyser,
  persistentVolumeClaimAnalyser,
  clusterRoleBindingAnalyser,
  roleBindingAnalyser,
  serviceEndpointsAnalyser,
  servicePortsAnalyser,
  mutatingWebhookAnalyser,
  validatingWebhookAnalyser,
];
