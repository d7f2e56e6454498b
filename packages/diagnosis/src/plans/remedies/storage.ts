import { listFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { defaultStorageClass } from '../../storage/default-class.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine, quoteForShell } from '../kubectl-command.ts';
import { inNamespace, proposal } from './step.ts';

const recommendations = [
  'Check manifests against the storage classes of the cluster before they are applied, or leave storageClassName out and rely on one default class.',
];

/** A claim is immutable: it can only be made anew, and that is a person's decision even where it never held data. */
export const storageClassRemedy = defineRemedy({
  mechanisms: ['storage-class-missing', 'no-default-storage-class'],
  propose(incident, view) {
    const { cause, facts } = incident;
    if (cause.kind === 'StatefulSet') return { missing: [] };
    const existing = listFact(facts, 'existing');
    const chosen = stringFact(facts, 'meant') ?? defaultStorageClass(view.list('StorageClass')) ?? (existing.length === 1 ? (existing[0] ?? null) : null);
    if (chosen === null) {
      const choice =
        existing.length === 0 ? 'the cluster has none: install a provisioner, or create a PersistentVolume that fits' : `choose among ${existing.join(', ')}`;
      return { missing: [`Which StorageClass PersistentVolumeClaim ${cause.name} should use: ${choice}.`] };
    }
    return recreation(incident, chosen, view) ?? { missing: [`PersistentVolumeClaim ${cause.name} itself: it is gone.`] };
  },
});

function recreation({ cause, facts }: Incident, storageClass: string, view: ClusterView): RemedyProposal | null {
  const claim = view.get('PersistentVolumeClaim', cause.namespace, cause.name);
  if (claim === undefined) return null;
  const { accessModes, resources, volumeMode } = claim.spec ?? {};
  const manifest = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: cause.name, namespace: cause.namespace },
    spec: { accessModes, resources, volumeMode, storageClassName: storageClass },
  };
  const command = `${commandLine(inNamespace(cause, ['delete', 'persistentvolumeclaim', cause.name]))} && echo ${quoteForShell(JSON.stringify(manifest))} | kubectl create -f -`;
  const look = {
    description: 'See which storage classes there are',
    kubectl: ['get', 'storageclass'],
    validation: `${storageClass} is among them, and its provisioner is one that runs here.`,
    rollback: null,
    impact: 'none' as const,
  };
  return proposal(`Make PersistentVolumeClaim ${cause.name} anew with StorageClass ${storageClass}; its class cannot be changed in place.`, [look], {
    decisions: [
      {
        description: `recreate the claim with class ${storageClass}`,
        command,
        destroys: `It deletes the claim, which was never bound and holds no data; creating StorageClass ${stringFact(facts, 'class') ?? 'as a default'} instead would also do.`,
      },
    ],
    assumptions: [`${storageClass} gives what the claim needs (speed, access mode, zone).`],
    recommendations,
  });
}

/** What does not fit is said with both numbers; which side gives way is the owner's to choose. */
export const volumeFitRemedy = defineRemedy({
  mechanisms: ['no-volume-fits'],
  propose({ cause, facts }) {
    const [volume, reason, wanted, offered] = ['volume', 'reason', 'wanted', 'offered'].map((name) => stringFact(facts, name));
    if (volume === null || volume === undefined)
      return { missing: [`A PersistentVolume for ${cause.name}: there is none, and its class makes none by itself.`] };
    const look = {
      description: `Read what PersistentVolume ${volume} offers`,
      kubectl: ['describe', 'persistentvolume', volume],
      validation: `It shows ${offered}, where the claim wants ${wanted}.`,
      rollback: null,
      impact: 'none' as const,
    };
    const released = reason === 'released';
    const command = released
      ? commandLine(['patch', 'persistentvolume', volume, '--type=json', '-p', '[{"op":"remove","path":"/spec/claimRef"}]'])
      : commandLine(inNamespace(cause, ['delete', 'persistentvolumeclaim', cause.name]));
    const destroys = released
      ? 'The volume becomes free for any claim: make sure that nobody needs the data of its former owner.'
      : `The unbound claim goes; create it again so that it asks for what ${volume} offers (${offered}), or provide a volume with ${wanted}.`;
    return proposal(`PersistentVolumeClaim ${cause.name} wants ${wanted}, PersistentVolume ${volume} offers ${offered}: one of them has to change.`, [look], {
      decisions: [{ description: released ? `free PersistentVolume ${volume}` : 'make the claim anew to fit', command, destroys }],
    });
  },
});
