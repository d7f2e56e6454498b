import { type KindTypes, parseQuantity, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { eventEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Claim = KindTypes['PersistentVolumeClaim'];

export type ClaimFacts = { class: string | null; requested: string; reason: string | null; message: string | null };

export const claimPending = defineCode<ClaimFacts>({
  code: 'claim-pending',
  title: 'PersistentVolumeClaim is not bound',
  documentation:
    'No volume is bound to the claim, so pods that mount it stay Pending. Usual causes: its StorageClass does not exist, no default class exists, the provisioner does not answer, or no existing volume fits in size, access mode or labels. A claim that waits for its first consumer is not reported.',
  silentWhen: 'The class waits for the first consumer and there is none yet, or the claim is younger than a provisioner needs.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 5,
  message: ({ reason, message, requested }) => `Pending: no volume of ${requested} is bound${reason === null ? '' : ` (${reason}: ${message})`}.`,
});

export type ClaimLostFacts = { volume: string };

export const claimLost = defineCode<ClaimLostFacts>({
  code: 'claim-lost',
  title: 'PersistentVolumeClaim lost its volume',
  documentation:
    'The claim was bound to a PersistentVolume that is gone. Its data can no longer be reached through the claim, and no pod that mounts it can start.',
  silentWhen: 'The claim is being deleted.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 5,
  message: ({ volume }) => `Lost: PersistentVolume ${volume} is gone.`,
});

export type ClaimResizeFacts = { requested: string; capacity: string; message: string };

export const claimResizeFailed = defineCode<ClaimResizeFacts>({
  code: 'claim-resize-failed',
  title: 'PersistentVolumeClaim cannot be resized',
  documentation: 'The claim asks for more than its volume has, and the resize fails. The old size stays in use.',
  silentWhen: 'The resize is on its way, or waits for the pod to start anew.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 10,
  message: ({ requested, capacity, message }) => `${requested} requested, ${capacity} provided: ${message}`,
});

export type ResizeWaitsFacts = { requested: string; capacity: string; waitsFor: 'restart' | 'driver' };

export const claimResizeWaits = defineCode<ResizeWaitsFacts>({
  code: 'claim-resize-waits',
  title: 'PersistentVolumeClaim waits to be made larger',
  documentation:
    'The claim asks for more than its volume has, and nothing happens: the file system grows only when a pod that uses it is started anew, or no driver takes the expansion up.',
  silentWhen: 'The expansion was asked for within the last two minutes, or nothing mounts the claim.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 10,
  message: ({ requested, capacity, waitsFor }) =>
    `${requested} requested, ${capacity} provided: ${waitsFor === 'restart' ? 'a pod that uses it has to be started anew' : 'no driver acts'}.`,
});

export const persistentVolumeClaimAnalyser = defineAnalyser({
  id: 'persistent-volume-claim',
  kind: 'PersistentVolumeClaim',
  reads: ['StorageClass', 'PersistentVolume', 'Pod'],
  codes: [claimPending, claimLost, claimResizeFailed, claimResizeWaits],
  *analyse(claim, view) {
    if (claim.metadata.deletionTimestamp !== undefined) return;
    if (claim.status?.phase === 'Lost') yield lost(claim);
    if (claim.status?.phase === 'Pending' && !waitsOnPurpose(claim, view)) yield pending(claim, view);
    yield* resize(claim);
    yield* resizeWaits(claim, view);
  },
});

const warnings = new Set(['ProvisioningFailed', 'FailedBinding', 'ExternalProvisioning', 'VolumeMismatch']);

function latestReason(claim: Claim, view: ClusterView) {
  return view.events(refOf(claim)).find(({ reason }) => warnings.has(reason));
}

/** `WaitForFirstConsumer` is how the class is meant to work: without a scheduled consumer there is nothing to bind. */
function waitsOnPurpose(claim: Claim, view: ClusterView): boolean {
  const [relation] = view.outgoing(refOf(claim), 'provisions');
  const storageClass = relation === undefined ? undefined : view.get('StorageClass', null, relation.to.name);
  if (storageClass?.volumeBindingMode !== 'WaitForFirstConsumer') return false;
  return latestReason(claim, view)?.type !== 'Warning' && !stopsConsumer(claim, view);
}

/** The scheduler looked for a volume on behalf of a pod that mounts the claim, and found none. */
function stopsConsumer(claim: Claim, view: ClusterView): boolean {
  const found = /didn't find available persistent volumes|did not have enough free storage/;
  return view.incoming(refOf(claim), 'mounts').some(({ from }) => {
    const conditions = from.kind === 'Pod' ? view.get('Pod', from.namespace, from.name)?.status?.conditions : undefined;
    return conditions?.some(({ type, status, message }) => type === 'PodScheduled' && status === 'False' && found.test(message ?? '')) ?? false;
  });
}

function pending(claim: Claim, view: ClusterView): RawFinding<ClaimFacts> {
  const object = refOf(claim);
  const event = latestReason(claim, view);
  const used = view.incoming(object, 'mounts').length > 0;
  const name = view.outgoing(object, 'provisions')[0]?.to.name ?? null;
  const requested = claim.spec?.resources?.requests?.storage ?? 'unknown size';
  return {
    code: claimPending.code,
    object,
    discriminator: '',
    severity: used ? 'high' : 'medium',
    since: timeOf(claim.metadata.creationTimestamp),
    facts: { class: name, requested, reason: event?.reason ?? null, message: event?.message ?? null },
    evidence: [fieldEvidence(object, 'status.phase', 'Pending'), ...(event === undefined ? [] : [eventEvidence(event)])],
  };
}

function lost(claim: Claim): RawFinding<ClaimLostFacts> {
  const object = refOf(claim);
  const volume = claim.spec?.volumeName ?? 'unknown';
  return {
    code: claimLost.code,
    object,
    discriminator: '',
    severity: 'critical',
    since: null,
    facts: { volume },
    evidence: [fieldEvidence(object, 'status.phase', 'Lost'), fieldEvidence(object, 'spec.volumeName', volume, { decisive: true })],
  };
}

const resizePatienceMs = 120_000;

function* resizeWaits(claim: Claim, view: ClusterView): Iterable<RawFinding<ResizeWaitsFacts>> {
  const [requested, capacity] = [claim.spec?.resources?.requests?.storage, claim.status?.capacity?.storage];
  if (claim.status?.phase !== 'Bound' || (parseQuantity(requested) ?? 0) <= (parseQuantity(capacity) ?? 0)) return;
  const object = refOf(claim);
  const waiting = claim.status.conditions?.find(({ type, status }) => type === 'FileSystemResizePending' && status === 'True');
  const event = waiting === undefined ? view.events(object).find(({ reason }) => reason === 'ExternalExpanding') : undefined;
  const since = timeOf(waiting?.lastTransitionTime) ?? event?.firstAt ?? null;
  const failed = claim.status.conditions?.some(({ type }) => /ResizeError$/.test(type)) === true;
  if (since === null || failed || !view.passed(since + resizePatienceMs) || view.incoming(object, 'mounts').length === 0) return;
  yield {
    code: claimResizeWaits.code,
    object,
    discriminator: '',
    severity: 'medium',
    since,
    facts: { requested: requested ?? '', capacity: capacity ?? '', waitsFor: waiting === undefined ? 'driver' : 'restart' },
    evidence: [
      fieldEvidence(object, 'status.capacity.storage', capacity ?? '', { decisive: true, text: `${capacity} provided, ${requested} requested` }),
      ...(event === undefined ? [] : [eventEvidence(event)]),
    ],
  };
}

function* resize(claim: Claim): Iterable<RawFinding<ClaimResizeFacts>> {
  const failed = claim.status?.conditions?.find(({ type, status }) => /ResizeError$/.test(type) && status === 'True');
  if (failed === undefined) return;
  const object = refOf(claim);
  const message = failed.message ?? 'the resize failed';
  yield {
    code: claimResizeFailed.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: timeOf(failed.lastTransitionTime),
    facts: { requested: claim.spec?.resources?.requests?.storage ?? '', capacity: claim.status?.capacity?.storage ?? '', message },
    evidence: [evidence({ source: 'status', object, path: 'status.conditions', value: message, text: message, decisive: true })],
  };
}
