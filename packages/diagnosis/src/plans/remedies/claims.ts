import { type ObjectRef, refTo } from '@quarterdeck/contract';
import { listFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { defaultStorageClass } from '../../storage/default-class.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine, quoteForShell } from '../kubectl-command.ts';
import { hasRollout, inNamespace, look, patchStep, proposal, restartStep } from './step.ts';
import { workloadChange } from './workload-change.ts';

/** Mounts the claim that exists. */
export const claimNameRemedy = defineRemedy({
  mechanisms: ['claim-missing'],
  propose({ cause, facts }, view) {
    const [claim, meant, referrer] = ['claim', 'meant', 'referrer'].map((name) => stringFact(facts, name));
    const workload = meant === null ? null : workloadAt(cause, view);
    const index = workload?.spec.volumes?.findIndex(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim) ?? -1;
    if (workload === null || index < 0 || typeof claim !== 'string' || typeof meant !== 'string')
      return {
        missing: [
          `What PersistentVolumeClaim ${claim} of ${referrer} should be: its size, access mode and class stand in the source of ${referrer}, not in the cluster.`,
        ],
      };
    const path = `${workload.path}.volumes[${index}].persistentVolumeClaim.claimName`;
    const change = workloadChange(
      {
        ref: cause,
        description: `Mount PersistentVolumeClaim ${meant} instead of ${claim}`,
        change: [{ op: 'replace', path, value: meant }],
        undo: [{ op: 'replace', path, value: claim }],
      },
      view,
    );
    return proposal(`Let ${cause.kind} ${cause.name} mount PersistentVolumeClaim ${meant}, which exists.`, change.steps, {
      decisions: change.decisions,
      assumptions: [`${meant} is the claim that was meant, and holds what the program expects.`],
    });
  },
});

/** Claims of a StatefulSet come from its template, which cannot be changed in place: a class of the missing name gives them what they ask for. */
export const templateClassRemedy = defineRemedy({
  mechanisms: ['storage-class-missing'],
  propose({ cause, facts }, view) {
    const wanted = stringFact(facts, 'class');
    const [only, second] = listFact(facts, 'existing');
    const model = stringFact(facts, 'meant') ?? defaultStorageClass(view.list('StorageClass')) ?? (second === undefined ? (only ?? null) : null);
    const existing = model === null ? undefined : view.get('StorageClass', null, model);
    if (cause.kind !== 'StatefulSet' || wanted === null) return { missing: [] };
    if (existing === undefined)
      return { missing: [`Which StorageClass StatefulSet ${cause.name} should use: the cluster has ${listFact(facts, 'existing').join(', ') || 'none'}.`] };
    const { provisioner, parameters, reclaimPolicy, volumeBindingMode, allowVolumeExpansion, mountOptions } = existing;
    const manifest = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: wanted },
      ...{ provisioner, parameters, reclaimPolicy, volumeBindingMode, allowVolumeExpansion, mountOptions },
    };
    return proposal(
      `Give the claims of StatefulSet ${cause.name} a class that exists: create ${wanted}, or make the set anew with ${model}; volumeClaimTemplates cannot be changed in place.`,
      [look('See which storage classes there are', ['get', 'storageclass'], `${wanted} is among them once it exists, and the claims are bound.`)],
      {
        decisions: [
          {
            description: `create StorageClass ${wanted} as a copy of ${model}`,
            command: `echo ${quoteForShell(JSON.stringify(manifest))} | kubectl create -f -`,
            destroys: 'Nothing; volumes made from it cost what those of the other class do.',
          },
          {
            description: `or delete the set without its pods, and create it again with storageClassName ${model}; delete the claims that wait, too`,
            command: commandLine(inNamespace(cause, ['delete', 'statefulset', cause.name, '--cascade=orphan'])),
            destroys: 'The set alone; its pods go on, and claims that were never bound hold no data.',
          },
        ],
        assumptions: [`${model} gives what the claims need (speed, access mode, zone).`],
      },
    );
  },
});

/** A provisioner is brought up by whoever installed it; another class is the way around. */
export const provisionerRemedy = defineRemedy({
  mechanisms: ['provisioner-fails'],
  propose({ cause, facts }, view) {
    const provisioner = stringFact(facts, 'provisioner') ?? '';
    const others = view.list('StorageClass').filter((each) => each.provisioner !== provisioner && each.provisioner !== 'kubernetes.io/no-provisioner');
    const seen =
      cause.kind === 'StorageClass' ? ['describe', 'storageclass', cause.name] : inNamespace(cause, ['describe', 'persistentvolumeclaim', cause.name]);
    return proposal(`Find out why provisioner ${provisioner} makes no volume.`, [look('Read what it says', seen, 'An event names the volume that was made.')], {
      evidenceToGather: [
        `Whether the pods of ${provisioner} run (kubectl get pods -A), and the log of its provisioner container.`,
        ...(others.length === 0 ? [] : [`Whether a claim of another class would do: ${others.map(({ metadata }) => metadata.name).join(', ')}.`]),
      ],
    });
  },
});

/** A claim that is tied to a volume can have no other; it is made anew. */
export const boundVolumeRemedy = defineRemedy({
  mechanisms: ['volume-missing'],
  propose({ cause, facts }, view) {
    const [volume, claim, meant] = ['volume', 'claim', 'meant'].map((name) => stringFact(facts, name));
    const ref = cause.kind === 'PersistentVolumeClaim' ? cause : refTo('PersistentVolumeClaim', namespaceOf(claim ?? '', cause, view), claim ?? '');
    return proposal(
      `Provide PersistentVolume ${volume}${meant === null ? '' : `, or let the claim name ${meant}`}, or make claim ${claim} anew.`,
      [look('See which volumes there are', ['get', 'persistentvolumes'], `${meant ?? volume} is Available.`)],
      {
        decisions: [
          {
            description: `delete claim ${claim} and create it again${meant === null ? ' without spec.volumeName' : ` with spec.volumeName ${meant}`}`,
            command: commandLine(inNamespace(ref, ['delete', 'persistentvolumeclaim', ref.name])),
            destroys:
              view.get('PersistentVolumeClaim', ref.namespace, ref.name)?.status?.phase === 'Lost'
                ? 'The claim; its data is lost with the volume unless the disk still exists: a PersistentVolume of the same name that names the disk brings it back.'
                : 'The claim, which was never bound and holds no data.',
          },
        ],
      },
    );
  },
});

function namespaceOf(claim: string, volume: ObjectRef, view: ClusterView): string | null {
  return view.incoming(volume, 'claims').find(({ from }) => from.name === claim)?.from.namespace ?? null;
}

/** One after the other: the old pod gives the volume back before the new one starts. */
export const rolloutClaimRemedy = defineRemedy({
  mechanisms: ['rollout-needs-claim'],
  propose({ cause, facts }, view) {
    const before = view.get('Deployment', cause.namespace, cause.name)?.spec?.strategy;
    if (before === undefined) return { missing: [`Deployment ${cause.name} itself.`] };
    const step = patchStep(
      { ref: cause, description: `Let Deployment ${cause.name} end the old pod before it starts the new one (strategy Recreate)`, impact: 'medium' },
      [
        { op: 'replace', path: 'spec.strategy.type', value: 'Recreate' },
        ...(before.rollingUpdate === undefined ? [] : [{ op: 'remove' as const, path: 'spec.strategy.rollingUpdate' }]),
      ],
      [{ op: 'replace', path: 'spec.strategy.type', value: 'RollingUpdate' }],
    );
    return proposal(`Roll Deployment ${cause.name} out with strategy Recreate, as its claim ${stringFact(facts, 'claim')} admits one pod.`, [step], {
      assumptions: ['The workload may be down for the seconds between the old pod and the new one.'],
    });
  },
});

/** A restart where the file system waits for one. */
export const resizeWaitsRemedy = defineRemedy({
  mechanisms: ['claim-resize-waits'],
  propose({ cause, facts }, view) {
    const users = view.incoming(cause, 'mounts').map(({ from }) => view.topOwner(from));
    const workload = users.find(hasRollout);
    if (stringFact(facts, 'waitsFor') !== 'restart' || workload === undefined)
      return {
        missing: [`Which driver should make ${cause.name} larger: kubectl get csidrivers lists those installed; the class of the claim names its provisioner.`],
      };
    return proposal(`Restart ${workload.kind} ${workload.name}, so that the file system of claim ${cause.name} grows.`, [
      restartStep(workload, `the file system of claim ${cause.name} grows to ${stringFact(facts, 'requested')}`),
    ]);
  },
});

/** Only who knows that the machine is gone for good may take its disks away. */
export const attachmentRemedy = defineRemedy({
  mechanisms: ['volume-attached-to-gone-node', 'volume-attach-fails'],
  propose({ cause, facts, mechanism }) {
    const [volume, node, attacher] = ['volume', 'node', 'attacher'].map((name) => stringFact(facts, name));
    if (mechanism === 'volume-attach-fails')
      return {
        missing: [
          `Why the storage does not attach ${volume} to node ${node} (${stringFact(facts, 'message')}): the log of the controller of ${attacher}, and the disk itself, decide.`,
        ],
      };
    return proposal(
      `Release volume ${volume} from node ${node}, which is gone.`,
      [look('See what is attached where', ['get', 'volumeattachments'], `No attachment names node ${node}.`)],
      {
        decisions: [
          {
            description: `delete the attachment to node ${node}, once it is certain that the machine is off`,
            command: commandLine(['delete', 'volumeattachment', cause.name]),
            destroys: 'Nothing while the machine is off; if it still writes to the disk, the file system is damaged when another node mounts it.',
          },
        ],
      },
    );
  },
});
