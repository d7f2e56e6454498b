import { HelmReleases } from '@quarterdeck/cluster';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { AssistantTool } from './assistant-tool.ts';
import { createPlan } from './create-plan.ts';
import { describeResource } from './describe-resource.ts';
import { diffResource } from './diff-resource.ts';
import { explainField } from './explain-field.ts';
import { getHelmRelease } from './get-helm-release.ts';
import { getIssue } from './get-issue.ts';
import { getLogs } from './get-logs.ts';
import { getResource } from './get-resource.ts';
import { getTimeline } from './get-timeline.ts';
import { listEvents } from './list-events.ts';
import { listHelmReleases } from './list-helm-releases.ts';
import { listIssues } from './list-issues.ts';
import { listNeighbours } from './list-neighbours.ts';
import { listResources } from './list-resources.ts';
import type { ProposeAction } from './propose-action.ts';
import { proposeChange } from './propose-change.ts';
import { top } from './top.ts';

/**
 * All that can be asked of one cluster, and what may be proposed to it. The order stays the same, so that providers
 * can keep it in their caches. `now` is epoch milliseconds. With `propose` what is proposed, plans as well, becomes an
 * action that a person approves or not; without, it is previewed and no more.
 */
export function kubernetesTools(cluster: AskedCluster, now: () => number = Date.now, propose: ProposeAction | null = null): AssistantTool[] {
  const releases = new HelmReleases(cluster.access);
  return [
    listIssues(cluster),
    getIssue(cluster),
    createPlan(cluster, propose),
    listResources(cluster, now),
    getResource(cluster),
    describeResource(cluster),
    getLogs(cluster),
    listEvents(cluster, now),
    top(cluster),
    listNeighbours(cluster),
    getTimeline(cluster),
    diffResource(cluster),
    explainField(cluster),
    listHelmReleases(releases),
    getHelmRelease(releases),
    proposeChange(cluster, propose),
  ];
}
