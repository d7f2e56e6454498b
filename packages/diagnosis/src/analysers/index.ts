import type { AnyAnalyser } from '../model/analyser.ts';
import { accessDeniedEventAnalyser } from './access-denied-event.ts';
import { apiServiceAnalyser } from './api-service.ts';
import { certificateAnalyser } from './certificate.ts';
import { certificateRequestAnalyser } from './certificate-request.ts';
import { containerExits } from './container-exits.ts';
import { containerHooks } from './container-hooks.ts';
import { containerInit } from './container-init.ts';
import { containerLogs } from './container-logs.ts';
import { containerReadiness } from './container-readiness.ts';
import { containerWaiting } from './container-waiting.ts';
import { cronJobSchedule } from './cronjob-schedule.ts';
import { customDeletionAnalyser } from './custom-deletion.ts';
import { customKindAnalyser } from './custom-kind.ts';
import { customReferenceAnalyser } from './custom-reference.ts';
import { customResourceAnalyser } from './custom-resource.ts';
import { customValueAnalyser } from './custom-value.ts';
import { daemonSetPlacement } from './daemonset-placement.ts';
import { deletionAnalysers, namespaceDeletionAnalyser } from './deletion.ts';
import { disruptionBudgetAnalyser } from './disruption-budget.ts';
import { dnsConfigurationAnalyser } from './dns-configuration.ts';
import { gatewayAnalyser, gatewayClassAnalyser } from './gateway.ts';
import { gatewayRouteAnalyser } from './gateway-route.ts';
import { governingServiceAnalyser } from './governing-service.ts';
import { helmReleaseAnalysers } from './helm-release.ts';
import { horizontalPodAutoscalerAnalyser } from './horizontal-pod-autoscaler.ts';
import { horizontalPodAutoscalerScaling } from './horizontal-pod-autoscaler-scaling.ts';
import { ingressAnalyser } from './ingress.ts';
import { ingressCertificateAnalyser } from './ingress-certificate.ts';
import { ingressConflictAnalyser } from './ingress-conflict.ts';
import { ingressControllerAnalyser } from './ingress-controller.ts';
import { ingressPathsAnalyser } from './ingress-paths.ts';
import { jobOutcome } from './job-outcome.ts';
import { meshPolicyAnalyser } from './mesh-policy.ts';
import { ingressEventsAnalyser, serviceEventsAnalyser } from './network-events.ts';
import { nodeAnalyser } from './node.ts';
import { operatorAnalysers } from './operators/index.ts';
import { persistentVolumeAnalyser } from './persistent-volume.ts';
import { persistentVolumeClaimAnalyser } from './persistent-volume-claim.ts';
import { podFailure } from './pod-failure.ts';
import { podMissingNode } from './pod-missing-node.ts';
import { podReadinessGate } from './pod-readiness-gate.ts';
import { podScheduling } from './pod-scheduling.ts';
import { podTermination } from './pod-termination.ts';
import { quotaDemandAnalyser } from './quota-demand.ts';
import { clusterRoleBindingAnalyser, roleBindingAnalyser } from './role-binding.ts';
import { deploymentRolloutPaused } from './rollout-paused.ts';
import { serviceAliasAnalyser } from './service-alias.ts';
import { serviceEndpointsAnalyser } from './service-endpoints.ts';
import { serviceLoadBalancerAnalyser } from './service-load-balancer.ts';
import { serviceManualEndpointsAnalyser } from './service-manual-endpoints.ts';
import { servicePortsAnalyser } from './service-ports.ts';
import { serviceProtocolAnalyser } from './service-protocol.ts';
import { serviceSelectionAnalyser } from './service-selection.ts';
import { serviceTrafficPolicyAnalyser } from './service-traffic-policy.ts';
import { virtualServiceAnalyser } from './virtual-service.ts';
import { volumeAttachmentAnalyser } from './volume-attachment.ts';
import { mutatingWebhookAnalyser, validatingWebhookAnalyser } from './webhook.ts';
import { mutatingWebhookTrust, validatingWebhookTrust } from './webhook-trust.ts';
import { daemonSetAvailability, deploymentAvailability, replicaSetAvailability, statefulSetAvailability } from './workload-availability.ts';
import { workloadReferences } from './workload-reference.ts';
import { cronJobFailure, daemonSetFailure, deploymentFailure, jobFailure, replicaSetFailure, statefulSetFailure } from './workload-replica-failure.ts';
import { daemonSetUpdate, statefulSetUpdate } from './workload-update.ts';

/** Every analyser, one a line. */
export const analysers: readonly AnyAnalyser[] = [
  accessDeniedEventAnalyser,
  apiServiceAnalyser,
  certificateAnalyser,
  certificateRequestAnalyser,
  ...deletionAnalysers,
  namespaceDeletionAnalyser,
  disruptionBudgetAnalyser,
  governingServiceAnalyser,
  horizontalPodAutoscalerAnalyser,
  horizontalPodAutoscalerScaling,
  ingressAnalyser,
  ingressCertificateAnalyser,
  ingressConflictAnalyser,
  nodeAnalyser,
  persistentVolumeAnalyser,
  persistentVolumeClaimAnalyser,
  volumeAttachmentAnalyser,
  quotaDemandAnalyser,
  clusterRoleBindingAnalyser,
  roleBindingAnalyser,
  serviceEndpointsAnalyser,
  servicePortsAnalyser,
  meshPolicyAnalyser,
  serviceEventsAnalyser,
  ingressEventsAnalyser,
  virtualServiceAnalyser,
  serviceProtocolAnalyser,
  gatewayRouteAnalyser,
  gatewayClassAnalyser,
  gatewayAnalyser,
  ingressPathsAnalyser,
  ingressControllerAnalyser,
  dnsConfigurationAnalyser,
  serviceAliasAnalyser,
  serviceLoadBalancerAnalyser,
  serviceManualEndpointsAnalyser,
  serviceSelectionAnalyser,
  serviceTrafficPolicyAnalyser,
  mutatingWebhookAnalyser,
  validatingWebhookAnalyser,
  mutatingWebhookTrust,
  validatingWebhookTrust,
  podScheduling,
  podMissingNode,
  podReadinessGate,
  podTermination,
  podFailure,
  containerWaiting,
  containerExits,
  containerHooks,
  containerReadiness,
  containerInit,
  containerLogs,
  deploymentAvailability,
  ...workloadReferences,
  deploymentRolloutPaused,
  daemonSetPlacement,
  statefulSetAvailability,
  statefulSetUpdate,
  daemonSetUpdate,
  daemonSetAvailability,
  replicaSetAvailability,
  deploymentFailure,
  replicaSetFailure,
  statefulSetFailure,
  daemonSetFailure,
  jobFailure,
  cronJobFailure,
  jobOutcome,
  cronJobSchedule,
  customDeletionAnalyser,
  customKindAnalyser,
  customReferenceAnalyser,
  customResourceAnalyser,
  customValueAnalyser,
  ...helmReleaseAnalysers,
  ...operatorAnalysers,
];
