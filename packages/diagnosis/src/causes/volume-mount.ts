import { type ObjectRef, refTo } from '@quarterdeck/contract';
import { containerNotStarting } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { Pod } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { type Workload, workloadOf } from '../pods/workload.ts';
import { type MountFailure, parseMountFailure } from '../storage/mount-failure.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'volume-mount';
type Of<K extends MountFailure['kind']> = Extract<MountFailure, { kind: K }>;

export type HostPathFacts = { path: string; wanted: string; node: string; volume: string; field: string | null };

export const hostPathUnfit = defineMechanism<HostPathFacts>({
  id: 'host-path-unfit',
  title: (facts) => `${facts.path} is not a ${facts.wanted} on node ${facts.node}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} mounts the host path ${facts.path} as a ${facts.wanted} (volume ${facts.volume}); on node ${facts.node} there is none, so the pod cannot start there.`,
});

export type LocalPathFacts = { path: string; node: string; claim: string | null };

export const localPathMissing = defineMechanism<LocalPathFacts>({
  id: 'local-volume-path-missing',
  title: (facts, object) => `Path ${facts.path} of ${object.kind} ${object.name} does not exist on node ${facts.node}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name}${facts.claim === null ? '' : ` (claim ${facts.claim})`} is the directory ${facts.path} of node ${facts.node}, which does not exist there, so pods that mount it cannot start.`,
});

export type DriverFacts = { driver: string; node: string; installed: boolean };

export const driverMissing = defineMechanism<DriverFacts>({
  id: 'storage-driver-missing',
  title: (facts) => `Storage driver ${facts.driver} does not run on node ${facts.node}`,
  sentence: (facts) =>
    `The kubelet of node ${facts.node} knows no CSI driver ${facts.driver}${
      facts.installed ? '; the driver is installed, so its pod on that node is missing or not ready' : ', and no CSIDriver of that name is installed'
    }: volumes of it cannot be mounted there.`,
});

export type RemoteVolumeFacts = { volume: string; node: string; reason: string; server: string | null };

export const remoteVolumeFails = defineMechanism<RemoteVolumeFacts>({
  id: 'volume-cannot-be-mounted',
  title: (facts) => `Volume ${facts.volume} cannot be mounted`,
  sentence: (facts, object) =>
    `Volume ${facts.volume} of ${object.kind} ${object.name}${facts.server === null ? '' : ` (${facts.server})`} cannot be mounted on node ${facts.node}: ${facts.reason}.`,
});

export const tokenAccountMissing = defineMechanism<{ account: string; workload: string }>({
  id: 'token-account-missing',
  title: (facts) => `ServiceAccount ${facts.account} does not exist`,
  sentence: (facts) =>
    `The pods of ${facts.workload} get no token because ServiceAccount ${facts.account} does not exist any more, so their volumes cannot be set up.`,
});

/** A pod whose volume cannot be set up on its node, by what the kubelet says of it. */
export const volumeMountRule = defineRule({
  id,
  explains: [containerNotStarting.code],
  mechanisms: [hostPathUnfit, localPathMissing, driverMissing, remoteVolumeFails, tokenAccountMissing],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const failure = parseMountFailure(stringFact(finding.facts, 'message') ?? '');
    if (pod === undefined || failure === null) return;
    yield explanationOf({ finding, pod, workload: workloadOf(pod, view), node: pod.spec?.nodeName ?? 'of the pod' }, failure, view);
  },
});

interface Case {
  finding: IdentifiedFinding;
  pod: Pod;
  workload: Workload;
  node: string;
}

function explanationOf(one: Case, failure: MountFailure, view: RuleView): Explanation {
  switch (failure.kind) {
    case 'host-path':
      return hostPath(one, failure, view);
    case 'local-path':
      return localPath(one, failure, view);
    case 'driver':
      return driver(one, failure, view);
    case 'token':
      return account(one, failure, view);
    case 'helper':
      return unmountable(one, failure.volume, `the node has no program that mounts ${failure.type ?? 'volumes of its type'}`, view);
    case 'server':
      return unmountable(one, failure.volume, failure.reason, view);
    case 'file-system':
    case 'attach':
      return unmountable(one, failure.volume, failure.detail, view);
  }
}

/** The PersistentVolume of that name where it is one, else the workload that describes the volume. */
function holderOf({ finding, workload }: Case, volume: string | null, view: RuleView): { object: ObjectRef; via: Explanation['via'] } {
  const persistent = volume === null ? undefined : view.get('PersistentVolume', null, volume);
  if (persistent === undefined) return { object: workload.ref, via: ownedBy(finding.object, view) };
  const object = refTo('PersistentVolume', null, persistent.metadata.name);
  return { object, via: view.incoming(object, 'claims')[0] ?? null };
}

function hostPath(one: Case, { path, wanted, volume }: Of<'host-path'>, view: RuleView): Explanation {
  const { workload, node, finding } = one;
  const index = workload.spec.volumes?.findIndex(({ hostPath }) => hostPath?.path === path) ?? -1;
  const field = index < 0 ? null : `${workload.path}.volumes[${index}].hostPath.path`;
  const end = holderOf(one, volume, view);
  const seen = field === null ? [] : [fieldEvidence(workload.ref, field, path, { decisive: true })];
  const facts = { path, wanted, node, volume: volume ?? path, field };
  return endsAt({ rule: id, finding, mechanism: hostPathUnfit, facts, strength: 'certain', evidence: seen, ...end });
}

function localPath(one: Case, { path, volume }: Of<'local-path'>, view: RuleView): Explanation {
  const end = holderOf(one, volume, view);
  const claim = volume === null ? undefined : view.get('PersistentVolume', null, volume)?.spec?.claimRef?.name;
  const seen = [fieldEvidence(end.object, 'spec.local.path', path, { decisive: true })];
  const facts = { path, node: one.node, claim: claim ?? null };
  return endsAt({ rule: id, finding: one.finding, mechanism: localPathMissing, facts, strength: 'certain', evidence: seen, ...end });
}

/** A driver is known by its name alone, whether an object says so or not. */
function driver({ finding, node }: Case, { driver: name }: Of<'driver'>, view: RuleView): Explanation {
  const object = refTo('CSIDriver', null, name);
  const installed = !view.isMissing(object);
  const seen = installed ? [] : [absenceEvidence(object, `There is no CSIDriver ${name}`)];
  return endsAt({
    rule: id,
    finding,
    mechanism: driverMissing,
    object,
    exists: installed,
    facts: { driver: name, node, installed },
    strength: 'certain',
    evidence: seen,
  });
}

function account({ finding, workload }: Case, { account: name }: Of<'token'>, view: RuleView): Explanation {
  const object = refTo('ServiceAccount', finding.object.namespace, name);
  const via = view.outgoing(finding.object, 'runsAs')[0] ?? null;
  const facts = { account: name, workload: `${workload.ref.kind} ${workload.ref.name}` };
  return endsAt({ rule: id, finding, mechanism: tokenAccountMissing, object, exists: !view.isMissing(object), facts, strength: 'certain', via });
}

function unmountable(one: Case, volume: string | null, reason: string, view: RuleView): Explanation {
  const facts = { volume: volume ?? 'of the pod', node: one.node, reason: reason.replace(/[.\s]+$/, ''), server: serverOf(one, volume, view) };
  return endsAt({ rule: id, finding: one.finding, mechanism: remoteVolumeFails, facts, strength: 'likely', ...holderOf(one, volume, view) });
}

/** `NFS 10.0.0.5:/export`, where the volume says so. */
function serverOf({ workload }: Case, volume: string | null, view: RuleView): string | null {
  const persistent = volume === null ? undefined : view.get('PersistentVolume', null, volume)?.spec?.nfs;
  const nfs = persistent ?? workload.spec.volumes?.find(({ name }) => name === volume)?.nfs;
  return nfs === undefined ? null : `NFS ${nfs.server}:${nfs.path}`;
}
