import type { Remedy } from '../../model/remedy.ts';
import { accessRemedy, aggregatedRoleRemedy, otherAccountRemedy, priorityClassRemedy, serviceAccountRemedy } from './account.ts';
import { boundsRemedy, certificateRemedy, finalizerRemedy, quotaRemedy, webhookRemedy } from './admission.ts';
import { applicationRemedy } from './application.ts';
import { autoscalerRequestRemedy, autoscalerTargetRemedy } from './autoscaler.ts';
import {
  autoscalerAtZeroRemedy,
  autoscalerConflictRemedy,
  autoscalerKindRemedy,
  limitBelowRequestRemedy,
  quotaDemandRemedy,
  scaleUpRemedy,
} from './autoscaling.ts';
import { calledSchemeRemedy, clusterDomainRemedy, dnsConfigurationRemedy, dnsPolicyRemedy, hostAliasRemedy, localCallRemedy } from './call-configuration.ts';
import { calledPortRemedy, externalNameRemedy, loopbackRemedy, withoutSelectorRemedy } from './called-port.ts';
import { calledServiceRemedy } from './called-service.ts';
import { changedBackRemedy, staleConfigurationRemedy } from './changes.ts';
import {
  attachmentRemedy,
  boundVolumeRemedy,
  claimNameRemedy,
  provisionerRemedy,
  resizeWaitsRemedy,
  rolloutClaimRemedy,
  templateClassRemedy,
} from './claims.ts';
import {
  commandRemedy,
  defaultLimitRemedy,
  ephemeralStorageRemedy,
  hookRemedy,
  memoryUnitRemedy,
  nonRootRemedy,
  oddProbeRemedy,
  readinessGateRemedy,
  scriptModeRemedy,
  sharedMemoryRemedy,
  unusedPullSecretRemedy,
} from './containers.ts';
import { apiServiceRemedy, certificateRequestRemedy, controllerAtZeroRemedy, nodeGroundRemedy, runtimeHandlerRemedy } from './control-plane.ts';
import { credentialsRemedy, staleCredentialsRemedy } from './credentials.ts';
import {
  controllerRemedy,
  customReferenceMissingRemedy,
  customReferenceMisspeltRemedy,
  customValueRemedy,
  operatorForbiddenRemedy,
} from './custom-resource.ts';
import { disruptionBudgetRemedy } from './disruption-budget.ts';
import { misspeltKeyRemedy, misspeltVariableRemedy } from './environment.ts';
import { gatewayCertificateRemedy, gatewayClassRemedy, gatewayRouteRemedy } from './gateway.ts';
import { helmReleaseRemedy } from './helm-release.ts';
import { imageRemedy } from './image.ts';
import { ingressBackendRemedy, ingressClassRemedy, ingressPortRemedy } from './ingress.ts';
import { backendProtocolRemedy, ingressControllerRemedy, misroutedPathRemedy, rewriteRemedy, tlsHostRemedy } from './ingress-paths.ts';
import { memoryRemedy } from './memory.ts';
import { meshPolicyRemedy, meshRouteRemedy } from './mesh.ts';
import { mountedFileRemedy, readOnlyPathRemedy, subPathRemedy, volumeOwnershipRemedy } from './mounts.ts';
import { namedDatabaseRemedy } from './named-database.ts';
import { networkPolicyRemedy } from './network-policy.ts';
import { nodeDecisionRemedy } from './nodes.ts';
import { nodeNameRemedy, placesRemedy, podAffinityRemedy, rolloutRoomRemedy, schedulingGateRemedy, spreadRemedy, tolerationRemedy } from './placement.ts';
import {
  budgetSelectorRemedy,
  claimInUseRemedy,
  governingServiceRemedy,
  ingressConflictRemedy,
  ingressSecretRemedy,
  mountTokenRemedy,
  overloadedAutoscalerRemedy,
} from './platform.ts';
import { podSecurityRemedy } from './pod-security.ts';
import { probePathRemedy, probePatienceRemedy, probePortRemedy } from './probe.ts';
import { programRemedy } from './program.ts';
import { missingReferenceRemedy, misspeltReferenceRemedy } from './reference.ts';
import { rolloutPausedRemedy } from './rollout-paused.ts';
import { deadlineRemedy, keepFailuresRemedy, scheduleRemedy, sidecarRemedy } from './runs.ts';
import { nodeSelectorRemedy, requestRemedy, schedulerRemedy } from './scheduling.ts';
import { replicaServiceRemedy, scaledToZeroRemedy, serviceSelectorRemedy, serviceTargetPortRemedy } from './service.ts';
import {
  astrayEndpointsRemedy,
  labelsChangedRemedy,
  loadBalancerRemedy,
  localTrafficRemedy,
  portProtocolRemedy,
  selectorTooWideRemedy,
  selectsAnotherRemedy,
} from './service-reach.ts';
import { storageClassRemedy, volumeFitRemedy } from './storage.ts';
import { toDecideRemedy } from './to-decide.ts';
import { brokenPodRemedy, neededObjectRemedy, rolloutStrategyRemedy, updateRemedy } from './updates.ts';
import { claimFullRemedy, emptyDirFullRemedy, hostPathRemedy, nodeVolumeRemedy, volumePlacementRemedy } from './volumes.ts';

/** Every remedy, one a line. */
export const remedies: readonly Remedy[] = [
  networkPolicyRemedy,
  podSecurityRemedy,
  accessRemedy,
  aggregatedRoleRemedy,
  apiServiceRemedy,
  certificateRequestRemedy,
  controllerAtZeroRemedy,
  nodeGroundRemedy,
  runtimeHandlerRemedy,
  otherAccountRemedy,
  priorityClassRemedy,
  serviceAccountRemedy,
  boundsRemedy,
  certificateRemedy,
  finalizerRemedy,
  quotaRemedy,
  webhookRemedy,
  autoscalerRequestRemedy,
  autoscalerTargetRemedy,
  disruptionBudgetRemedy,
  ingressBackendRemedy,
  ingressClassRemedy,
  ingressPortRemedy,
  scaledToZeroRemedy,
  serviceSelectorRemedy,
  replicaServiceRemedy,
  serviceTargetPortRemedy,
  meshRouteRemedy,
  meshPolicyRemedy,
  gatewayRouteRemedy,
  gatewayClassRemedy,
  gatewayCertificateRemedy,
  tlsHostRemedy,
  rewriteRemedy,
  misroutedPathRemedy,
  ingressControllerRemedy,
  backendProtocolRemedy,
  localCallRemedy,
  hostAliasRemedy,
  dnsPolicyRemedy,
  dnsConfigurationRemedy,
  calledSchemeRemedy,
  clusterDomainRemedy,
  portProtocolRemedy,
  selectsAnotherRemedy,
  selectorTooWideRemedy,
  localTrafficRemedy,
  loadBalancerRemedy,
  labelsChangedRemedy,
  astrayEndpointsRemedy,
  storageClassRemedy,
  volumeFitRemedy,
  autoscalerAtZeroRemedy,
  autoscalerConflictRemedy,
  autoscalerKindRemedy,
  limitBelowRequestRemedy,
  quotaDemandRemedy,
  scaleUpRemedy,
  boundVolumeRemedy,
  claimNameRemedy,
  attachmentRemedy,
  resizeWaitsRemedy,
  mountedFileRemedy,
  subPathRemedy,
  provisionerRemedy,
  rolloutClaimRemedy,
  templateClassRemedy,
  deadlineRemedy,
  keepFailuresRemedy,
  scheduleRemedy,
  sidecarRemedy,
  brokenPodRemedy,
  neededObjectRemedy,
  rolloutStrategyRemedy,
  updateRemedy,
  claimFullRemedy,
  emptyDirFullRemedy,
  hostPathRemedy,
  nodeVolumeRemedy,
  readOnlyPathRemedy,
  volumeOwnershipRemedy,
  volumePlacementRemedy,
  imageRemedy,
  misspeltReferenceRemedy,
  missingReferenceRemedy,
  probePortRemedy,
  probePathRemedy,
  memoryRemedy,
  rolloutPausedRemedy,
  nodeSelectorRemedy,
  schedulerRemedy,
  requestRemedy,
  commandRemedy,
  defaultLimitRemedy,
  ephemeralStorageRemedy,
  hookRemedy,
  memoryUnitRemedy,
  nonRootRemedy,
  oddProbeRemedy,
  readinessGateRemedy,
  scriptModeRemedy,
  sharedMemoryRemedy,
  unusedPullSecretRemedy,
  nodeDecisionRemedy,
  nodeNameRemedy,
  placesRemedy,
  podAffinityRemedy,
  rolloutRoomRemedy,
  schedulingGateRemedy,
  spreadRemedy,
  tolerationRemedy,
  credentialsRemedy,
  staleCredentialsRemedy,
  calledServiceRemedy,
  calledPortRemedy,
  namedDatabaseRemedy,
  externalNameRemedy,
  loopbackRemedy,
  withoutSelectorRemedy,
  budgetSelectorRemedy,
  claimInUseRemedy,
  governingServiceRemedy,
  ingressConflictRemedy,
  ingressSecretRemedy,
  mountTokenRemedy,
  overloadedAutoscalerRemedy,
  changedBackRemedy,
  staleConfigurationRemedy,
  misspeltKeyRemedy,
  misspeltVariableRemedy,
  programRemedy,
  applicationRemedy,
  probePatienceRemedy,
  toDecideRemedy,
  helmReleaseRemedy,
  controllerRemedy,
  customReferenceMisspeltRemedy,
  customReferenceMissingRemedy,
  customValueRemedy,
  operatorForbiddenRemedy,
];
