export { apiOf } from './access/api-of.ts';
export type * from './access/cluster-access.ts';
export { withoutSecretValues } from './access/ingest.ts';
export { listAll } from './access/list-all.ts';
export { type ClusterDependencies, openCluster } from './access/open-cluster.ts';
export { type UserInfo, whoAmI } from './auth/who-am-i.ts';
export { type BundleContent, type BundleLimits, bundleLimits, type RecordedLog } from './bundle/bundle-format.ts';
export { collectBundle } from './bundle/collect-bundle.ts';
export { openRecording } from './bundle/open-recording.ts';
export { saveBundle } from './bundle/save-bundle.ts';
export { type ApplyOptions, applyChange } from './change/apply-change.ts';
export { applyChanges, type BulkOptions, previewChanges } from './change/bulk/run-changes.ts';
export { type DrainDependencies, startDrain } from './change/drain/drain-node.ts';
export { checkDrainPlan, readDrainPlan } from './change/drain/read-drain.ts';
export { type ManifestOptions, manifestChanges } from './change/manifests/manifest-changes.ts';
export { type ManifestDocument, readDocuments } from './change/manifests/read-documents.ts';
export { fieldOwners } from './change/owners/field-owners.ts';
export { previewChange } from './change/preview-change.ts';
export { asDryRun, type ChangeFacts, fieldManager, requestOf } from './change/request-of.ts';
export { type ChangeAccess, kindFor } from './change/resolve-change.ts';
export { type FollowOptions, followRollout } from './change/rollout/follow-rollout.ts';
export { findRevision } from './change/rollout/read-revisions.ts';
export { compareRevisions, readHistory, readRollout } from './change/rollout/read-rollout.ts';
export { rolloutStatus } from './change/rollout/rollout-status.ts';
export { untilDeleted } from './change/until-deleted.ts';
export { collectSnapshot, type SnapshotOptions } from './collect/collect-snapshot.ts';
export type { BrowserLogin, PendingLogin } from './credentials/browser-login.ts';
export { loginStores, stateDirectoryOf } from './credentials/login-stores.ts';
export { findKind } from './discovery/find-kind.ts';
export { findBuiltInKind } from './discovery/resource-kinds.ts';
export * from './evidence/evidence.ts';
export { parseLogLine } from './evidence/log-line.ts';
export { type AttachRequest, attachToPod } from './exec/attach-to-pod.ts';
export { type DebugNode, type DebugNodeRequest, debugNode } from './exec/debug-node.ts';
export { type DebugContainer, type DebugPodRequest, debugPod } from './exec/debug-pod.ts';
export { type ExecRequest, execInPod } from './exec/exec-in-pod.ts';
export type { ExecSession, ExecStatus } from './exec/exec-session.ts';
export { mayExec, mayStream, type StreamRights, type StreamTarget } from './exec/may-stream.ts';
export { type RunOutcome, type RunRequest, runInPod } from './exec/run-in-pod.ts';
export { type StreamSubresource, type StreamVerb, streamVerbs } from './exec/stream-rights.ts';
export type { HelmOperation } from './helm/helm-arguments.ts';
export { type HelmMachine, helmEvents, helmPreview } from './helm/helm-operations.ts';
export { HelmReleases } from './helm/helm-releases.ts';
export type {
  ClusterContext,
  ConnectionSettings,
  Kubeconfig,
  KubeconfigFileSummary,
  KubeconfigOrigin,
  KubeconfigProblem,
} from './kubeconfig/cluster-context.ts';
export type { ConsentStore } from './kubeconfig/consent.ts';
export { type FollowedKubeconfig, followKubeconfig, type KubeconfigChange } from './kubeconfig/follow-kubeconfig.ts';
export { type KubeconfigSources, loadKubeconfig, systemKubeconfigSources } from './kubeconfig/load-kubeconfig.ts';
export { createLogSieve, filterLogs, type LogSieve } from './logs/log-filter.ts';
export { type LogStream, type LogsRequest, openLogs } from './logs/open-logs.ts';
export { type SearchLimits, searchLogs } from './logs/search-logs.ts';
export { ClusterMetrics, type ListObjects } from './metrics/cluster-metrics.ts';
export type { MetricsScope, MetricsSource } from './metrics/metrics-source.ts';
export { mayListEverywhere } from './namespaces/access-review.ts';
export { type NamespaceHints, reachableNamespaces } from './namespaces/reachable-namespaces.ts';
export { type OpenForward, openForward } from './port-forward/open-forward.ts';
export { type ChildCluster, withChildKubeconfig } from './proxy/child-kubeconfig.ts';
export type { LoopbackProxyOptions, ProxiedCall } from './proxy/loopback-proxy.ts';
export { onlyReads, type RequestInfo, requestInfo } from './proxy/request-info.ts';
export { sameRow } from './rows/live-row.ts';
export type { ListStatus, RowBatch, RowList } from './rows/row-list.ts';
export type { RowQuery, RowView, RowWindow } from './rows/row-view.ts';
export { type WindowDelta, windowDelta } from './rows/window-delta.ts';
export { ApiCostMeter } from './transport/api-cost.ts';
export { RefusalMemory } from './transport/refusal-memory.ts';
export type { ApiSocket, ByteStream, LineStream, Transport, TransportRequest } from './transport/transport.ts';
export { systemWatchClock, type WatchClock } from './watch/watch-clock.ts';
export { type HeldRows, WatchHub } from './watch/watch-hub.ts';
export type { WatchBatch, WatchedList, WatchListener, WatchState } from './watch/watched-list.ts';
