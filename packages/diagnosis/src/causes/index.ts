import type { CausalRule } from '../model/rule.ts';
import { accessDeniedRule } from './access-denied.ts';
import { apiConsumerRule, apiServiceRule } from './api-service.ts';
import { applicationRule } from './application.ts';
import { autoscalerScalingRule } from './autoscaler-scaling.ts';
import { awaitedObjectRule } from './awaited-object.ts';
import { calledPortRule } from './called-port.ts';
import { calledSchemeRule } from './called-scheme.ts';
import { certificateConsumerRule, certificateRule } from './certificate.ts';
import { certificateRequestRule } from './certificate-request.ts';
import { changedBackRule } from './changed-back.ts';
import { claimRule } from './claim.ts';
import { claimInUseRule } from './claim-in-use.ts';
import { configReferenceRule } from './config-reference.ts';
import { configurationFileRule } from './configuration-file.ts';
import { containerCommandRule } from './container-command.ts';
import { containerStartRule } from './container-start.ts';
import { controlPlanePodRule } from './control-plane-pod.ts';
import { credentialsRule } from './credentials.ts';
import { cronJobScheduleRule } from './cronjob-schedule.ts';
import { customControllerRule, customKindRule } from './custom-controller.ts';
import { customOwnerRule, customProductRule } from './custom-owner.ts';
import { customRefusalRule } from './custom-refusal.ts';
import { customNeighbourRule, customReferenceRule, customVerdictRule } from './custom-resource.ts';
import { customValueRule } from './custom-value.ts';
import { deletionRule } from './deletion.ts';
import { dependencyRule } from './dependency.ts';
import { disruptionBudgetRule } from './disruption-budget.ts';
import { dnsConfigurationRule } from './dns-configuration.ts';
import { environmentVariableRule } from './environment-variable.ts';
import { evictionRule } from './eviction.ts';
import { gatewayRule } from './gateway.ts';
import { gatewayRouteRule } from './gateway-route.ts';
import { governingServiceRule } from './governing-service.ts';
import { helmReleaseRule } from './helm-release.ts';
import { horizontalPodAutoscalerRule } from './horizontal-pod-autoscaler.ts';
import { imageCredentialsRule } from './image-credentials.ts';
import { imagePullRule } from './image-pull.ts';
import { ingressRule } from './ingress.ts';
import { ingressControllerRule } from './ingress-controller.ts';
import { ingressPathsRule } from './ingress-paths.ts';
import { ingressRoutingRule } from './ingress-routing.ts';
import { jobDeadlineRule } from './job-deadline.ts';
import { lifecycleHookRule } from './lifecycle-hook.ts';
import { localCallRule } from './local-call.ts';
import { memoryLimitRule } from './memory-limit.ts';
import { meshRule } from './mesh.ts';
import { mountHidesImageRule } from './mount-hides-image.ts';
import { mountShapeRule } from './mount-shape.ts';
import { mountedFileRule } from './mounted-file.ts';
import { nameResolutionRule } from './name-resolution.ts';
import { namedDatabaseRule } from './named-database.ts';
import { networkEventsRule } from './network-events.ts';
import { networkPolicyRule } from './network-policy.ts';
import { nodeRule, podOnNodeRule, podWithoutNodeRule } from './node.ts';
import { nodeDiskRule } from './node-disk.ts';
import { nodeResourcesRule } from './node-resources.ts';
import { nodeTaintsRule } from './node-taints.ts';
import { operatorRules } from './operators/index.ts';
import { placementConflictRule } from './placement-conflict.ts';
import { placementDemandRule } from './placement-demand.ts';
import { podBindingRule } from './pod-binding.ts';
import { podRefusedAsInvalidRule } from './pod-refused-as-invalid.ts';
import { podRefusedByAdmissionRule } from './pod-refused-by-admission.ts';
import { podRefusedByLimitRule } from './pod-refused-by-limit.ts';
import { podRejectedRule } from './pod-rejected.ts';
import { podSandboxRule } from './pod-sandbox.ts';
import { preemptionRule } from './preemption.ts';
import { probeRule } from './probe.ts';
import { quotaDemandRule } from './quota-demand.ts';
import { refusedPortRule } from './refused-port.ts';
import { rejectedValueRule } from './rejected-value.ts';
import { replicaWriteRule } from './replica-write.ts';
import { roleBindingRule } from './role-binding.ts';
import { rollUpRule } from './roll-up.ts';
import { rolloutPausedRule } from './rollout-paused.ts';
import { rolloutStrategyRule } from './rollout-strategy.ts';
import { schedulerRule } from './scheduler.ts';
import { schedulingRule } from './scheduling.ts';
import { secretValueRule } from './secret-value.ts';
import { serviceAccountTokenRule } from './service-account-token.ts';
import { serviceAddressRule } from './service-address.ts';
import { ingressBackendsRule, serviceBackendsRule } from './service-backends.ts';
import { serviceLoadBalancerRule } from './service-load-balancer.ts';
import { servicePortRule } from './service-port.ts';
import { serviceProtocolRule } from './service-protocol.ts';
import { serviceReachRule } from './service-reach.ts';
import { serviceSelectionRule } from './service-selection.ts';
import { serviceSelectorRule } from './service-selector.ts';
import { staleConfigurationRule } from './stale-configuration.ts';
import { subPathRule } from './sub-path.ts';
import { tlsVerificationRule } from './tls-verification.ts';
import { unexplainedExitRule } from './unexplained-exit.ts';
import { volumeRule } from './volume.ts';
import { volumeAccessRule } from './volume-access.ts';
import { volumeAttachmentRule } from './volume-attachment.ts';
import { volumeFullRule } from './volume-full.ts';
import { volumeMountRule } from './volume-mount.ts';
import { volumePlacementRule } from './volume-placement.ts';
import { abandonedServiceRule, webhookRule } from './webhook.ts';
import { webhookCallRule, webhookTrustRule } from './webhook-call.ts';
import { workloadReferenceRule } from './workload-reference.ts';
import { workloadUpdateRule } from './workload-update.ts';

/** Every causal rule, one a line. */
export const rules: readonly CausalRule[] = [
  accessDeniedRule,
  apiServiceRule,
  apiConsumerRule,
  certificateRequestRule,
  controlPlanePodRule,
  calledPortRule,
  certificateConsumerRule,
  certificateRule,
  claimRule,
  claimInUseRule,
  deletionRule,
  disruptionBudgetRule,
  governingServiceRule,
  horizontalPodAutoscalerRule,
  ingressRule,
  ingressRoutingRule,
  networkPolicyRule,
  nodeRule,
  podOnNodeRule,
  podWithoutNodeRule,
  podRefusedByAdmissionRule,
  podSandboxRule,
  nodeDiskRule,
  webhookCallRule,
  webhookTrustRule,
  podRefusedByLimitRule,
  refusedPortRule,
  roleBindingRule,
  ingressBackendsRule,
  serviceBackendsRule,
  serviceAccountTokenRule,
  serviceAddressRule,
  servicePortRule,
  serviceSelectorRule,
  networkEventsRule,
  meshRule,
  serviceProtocolRule,
  calledSchemeRule,
  gatewayRouteRule,
  gatewayRule,
  ingressPathsRule,
  ingressControllerRule,
  dnsConfigurationRule,
  localCallRule,
  nameResolutionRule,
  serviceLoadBalancerRule,
  serviceReachRule,
  serviceSelectionRule,
  volumeRule,
  abandonedServiceRule,
  webhookRule,
  imagePullRule,
  imageCredentialsRule,
  configReferenceRule,
  containerCommandRule,
  containerStartRule,
  lifecycleHookRule,
  environmentVariableRule,
  configurationFileRule,
  rejectedValueRule,
  namedDatabaseRule,
  replicaWriteRule,
  subPathRule,
  applicationRule,
  memoryLimitRule,
  probeRule,
  dependencyRule,
  awaitedObjectRule,
  credentialsRule,
  tlsVerificationRule,
  schedulingRule,
  nodeResourcesRule,
  nodeTaintsRule,
  placementConflictRule,
  placementDemandRule,
  podBindingRule,
  preemptionRule,
  schedulerRule,
  rollUpRule,
  rolloutPausedRule,
  rolloutStrategyRule,
  podRejectedRule,
  cronJobScheduleRule,
  volumeAttachmentRule,
  secretValueRule,
  mountShapeRule,
  mountHidesImageRule,
  workloadUpdateRule,
  workloadReferenceRule,
  quotaDemandRule,
  jobDeadlineRule,
  staleConfigurationRule,
  changedBackRule,
  autoscalerScalingRule,
  mountedFileRule,
  podRefusedAsInvalidRule,
  volumeAccessRule,
  volumeFullRule,
  volumeMountRule,
  volumePlacementRule,
  unexplainedExitRule,
  evictionRule,
  customReferenceRule,
  customNeighbourRule,
  customVerdictRule,
  customControllerRule,
  customKindRule,
  customOwnerRule,
  customProductRule,
  customValueRule,
  customRefusalRule,
  helmReleaseRule,
  ...operatorRules,
];
