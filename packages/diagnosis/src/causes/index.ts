import type { CausalRule } from '../model/rule.ts';
import { applicationRule } from './application.ts';
import { configReferenceRule } from './config-reference.ts';
import { configurationFileRule } from './configuration-file.ts';
import { containerCommandRule } from './container-command.ts';
import { credentialsRule } from './credentials.ts';
import { dependencyRule } from './dependency.ts';
import { environmentVariableRule } from './environment-variable.ts';
import { imagePullRule } from './image-pull.ts';
import { memoryLimitRule } from './memory-limit.ts';
import { probeRule } from './probe.ts';
import { rollUpRule } from './roll-up.ts';
import { schedulerRule } from './scheduler.ts';
import { schedulingRule } from './scheduling.ts';
import { tlsVerificationRule } from './tls-verification.ts';
import { unexplainedExitRule } from './unexplained-exit.ts';

/** Every causal rule, one a line. */
export const rules: readonly CausalRule[] = [
  imagePullRule,
  configReferenceRule,
  containerCommandRule,
  environmentVariableRule,
  configurationFileRule,
  applicationRule,
  memoryLimitRule,
  probeRule,
  dependencyRule,
  credentialsRule,
  tlsVerificationRule,
  schedulingRule,
  schedulerRule,
  rollUpRule,
  unexplainedExitRule,
];
