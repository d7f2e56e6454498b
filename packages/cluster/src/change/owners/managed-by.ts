import type { KubeObject, ManagerNote } from '@quarterdeck/contract';

const reverted = 'will undo this change at its next sync; make it at the source instead.';

/** Tools and controllers that keep an object as they want it, from the marks that they leave on it. */
export function managedBy(object: KubeObject): ManagerNote[] {
  return [...gitOps(object), ...helm(object), ...addon(object), ...controller(object)];
}

function gitOps({ metadata: { labels = {}, annotations = {}, managedFields } }: KubeObject): ManagerNote[] {
  const notes: ManagerNote[] = [];
  const managers = new Set((managedFields ?? []).map(({ manager }) => manager ?? ''));
  // The tracking id is `APPLICATION:GROUP/KIND:NAMESPACE/NAME`.
  const application = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0] ?? labels['argocd.argoproj.io/instance'];
  if (application !== undefined || managers.has('argocd-controller')) {
    notes.push({ tool: 'argo', name: application ?? 'unknown', note: `Argo CD application ${application ?? '(not named)'} ${reverted}` });
  }
  const kustomization = labels['kustomize.toolkit.fluxcd.io/name'];
  const release = labels['helm.toolkit.fluxcd.io/name'];
  if (kustomization !== undefined || managers.has('kustomize-controller')) {
    notes.push({ tool: 'flux', name: kustomization ?? 'unknown', note: `Flux Kustomization ${kustomization ?? '(not named)'} ${reverted}` });
  } else if (release !== undefined) notes.push({ tool: 'flux', name: release, note: `Flux HelmRelease ${release} ${reverted}` });
  return notes;
}

function helm({ metadata: { labels = {}, annotations = {} } }: KubeObject): ManagerNote[] {
  const release = annotations['meta.helm.sh/release-name'];
  if (release === undefined && labels['app.kubernetes.io/managed-by'] !== 'Helm') return [];
  const name = release ?? labels['app.kubernetes.io/instance'] ?? 'unknown';
  return [{ tool: 'helm', name, note: `The next upgrade of the Helm release ${name} may set this back; change its values to keep it.` }];
}

function addon({ metadata: { labels = {} } }: KubeObject): ManagerNote[] {
  if (labels['addonmanager.kubernetes.io/mode'] !== 'Reconcile') return [];
  return [{ tool: 'addon', name: 'addon-manager', note: "The cluster's addon manager will undo this change." }];
}

function controller({ metadata: { ownerReferences } }: KubeObject): ManagerNote[] {
  const owner = ownerReferences?.find(({ controller: isController }) => isController === true);
  if (owner === undefined) return [];
  return [{ tool: 'owner', name: owner.name, note: `${owner.kind} ${owner.name} controls it and may undo this change; change that one instead.` }];
}
