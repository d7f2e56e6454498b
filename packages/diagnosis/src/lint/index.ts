import { accountChecks } from './accounts.ts';
import { capacityChecks } from './capacity.ts';
import { configurationChecks } from './configuration.ts';
import type { LintCheck } from './define-lint.ts';
import { environmentChecks } from './environment.ts';
import { imageChecks } from './images.ts';
import { networkPolicyChecks } from './network-policies.ts';
import { podNetworkChecks } from './pod-network.ts';
import { podSecurityChecks } from './pod-security.ts';
import { containerPolicies } from './policy/containers.ts';
import { objectPolicies } from './policy/objects.ts';
import { policyReportChecks } from './policy-reports.ts';
import { privilegeChecks } from './privileges.ts';
import { probeChecks } from './probes.ts';
import { resourceChecks } from './resources.ts';
import { roleChecks } from './roles.ts';
import { scheduleChecks } from './schedules.ts';
import { serviceChecks } from './services.ts';
import { storageChecks } from './storage.ts';
import { unusedChecks } from './unused.ts';
import { versionChecks } from './versions.ts';
import { webhookChecks } from './webhooks.ts';
import { workloadChecks } from './workloads.ts';

/** Every check, one domain a line. */
export const lintChecks: readonly LintCheck[] = [
  ...imageChecks,
  ...resourceChecks,
  ...probeChecks,
  ...environmentChecks,
  ...podNetworkChecks,
  ...privilegeChecks,
  ...podSecurityChecks,
  ...accountChecks,
  ...roleChecks,
  ...unusedChecks,
  ...workloadChecks,
  ...serviceChecks,
  ...networkPolicyChecks,
  ...storageChecks,
  ...configurationChecks,
  ...capacityChecks,
  ...scheduleChecks,
  ...webhookChecks,
  ...versionChecks,
  ...policyReportChecks,
  ...containerPolicies,
  ...objectPolicies,
];
