export { ChainError, type PassedModel } from './failover/chain-error.ts';
export { type Clock, systemClock } from './failover/clock.ts';
export * from './failover/model-chain.ts';
export { type ModelChoice, ModelHealth } from './failover/model-health.ts';
export type { AskedCluster, CheckedCluster } from './kubernetes/asked-cluster.ts';
export { ModelError, type ModelErrorKind, type ModelErrorOptions, modelErrorKinds } from './model/model-error.ts';
export type * from './model/model-port.ts';
export type * from './sources/context-source.ts';
export type * from './tools/assistant-tool.ts';
