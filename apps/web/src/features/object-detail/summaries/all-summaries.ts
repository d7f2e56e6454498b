import type { KubeObject } from '@quarterdeck/contract';
import type { ReactElement } from 'react';
import { clusterRoleBindingSummary, clusterRoleSummary, roleBindingSummary, roleSummary, serviceAccountSummary } from './access.tsx';
import { autoscalerSummary } from './autoscaler.tsx';
import { configMapSummary } from './config-map.tsx';
import { customDefinitionSummary } from './custom-definition.tsx';
import { disruptionBudgetSummary } from './disruption-budget.tsx';
import { eventSummary } from './event.tsx';
import { ingressSummary } from './ingress.tsx';
import { cronJobSummary, jobSummary } from './job.tsx';
import type { KindSummary } from './kind-summary.ts';
import { namespaceSummary } from './namespace.tsx';
import { networkPolicySummary } from './network-policy.tsx';
import { nodeSummary } from './node.tsx';
import { podSummary } from './pod.tsx';
import { secretSummary } from './secret.tsx';
import { serviceSummary } from './service.tsx';
import { claimSummary, storageClassSummary, volumeSummary } from './storage.tsx';
import { daemonSetSummary, deploymentSummary, replicaSetSummary, statefulSetSummary } from './workload.tsx';

const allSummaries: readonly KindSummary[] = [
  podSummary,
  deploymentSummary,
  statefulSetSummary,
  daemonSetSummary,
  replicaSetSummary,
  jobSummary,
  cronJobSummary,
  autoscalerSummary,
  disruptionBudgetSummary,
  serviceSummary,
  ingressSummary,
  networkPolicySummary,
  configMapSummary,
  secretSummary,
  claimSummary,
  volumeSummary,
  storageClassSummary,
  nodeSummary,
  namespaceSummary,
  serviceAccountSummary,
  roleSummary,
  clusterRoleSummary,
  roleBindingSummary,
  clusterRoleBindingSummary,
  customDefinitionSummary,
  eventSummary,
];

/** The summary of the object's kind; null where there is none of its own. */
export function summaryOf(object: KubeObject): ReactElement | null {
  return allSummaries.find(({ kind }) => kind === object.kind)?.render(object) ?? null;
}
