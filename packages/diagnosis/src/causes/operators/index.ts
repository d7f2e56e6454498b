import type { CausalRule } from '../../model/rule.ts';
import { deliveryRule } from './delivery.ts';
import { k8sGptRule } from './k8sgpt.ts';
import { kedaRule } from './keda.ts';
import { monitorRule } from './prometheus.ts';

/** Rules about the resources of particular operators, one a line. */
export const operatorRules: readonly CausalRule[] = [deliveryRule, k8sGptRule, kedaRule, monitorRule];
