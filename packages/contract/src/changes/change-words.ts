import { refLabel } from '../objects/object-ref.ts';
import type { Change } from './change.ts';

type PlainVerb = 'create' | 'replace' | 'restart' | 'pause' | 'resume' | 'evict' | 'cordon' | 'uncordon' | 'suspend' | 'unsuspend';

const plain: Readonly<Record<PlainVerb, string>> = {
  create: 'Create',
  replace: 'Replace',
  restart: 'Restart',
  pause: 'Pause the rollout of',
  resume: 'Resume the rollout of',
  evict: 'Evict',
  cordon: 'Cordon',
  uncordon: 'Uncordon',
  suspend: 'Suspend',
  unsuspend: 'Resume',
};

/** A change as one sentence says it, from the change itself: what somebody calls it has no say in this. */
export function changeWords(change: Change): string {
  const label = refLabel(change.target);
  switch (change.verb) {
    case 'apply':
      return `Apply ${label}${change.force ? ', taking over fields of others' : ''}`;
    case 'patch':
      return change.subresource === undefined ? `Patch ${label}` : `Patch the ${change.subresource} of ${label}`;
    case 'delete':
      return `Delete ${label}${change.propagation === 'orphan' ? ' and leave what it owns' : ''}`;
    case 'scale':
      return `Scale ${label} to ${change.replicas}`;
    case 'undo':
      return `Roll ${label} back to ${change.toRevision === undefined ? 'the revision before' : `revision ${change.toRevision}`}`;
    case 'setImage':
      return `Set the image of ${label}: ${pairs(change.images)}`;
    case 'trigger':
      return `Run ${label} now, as Job ${change.jobName}`;
    case 'label':
      return `Label ${label}: ${pairs(change.entries)}`;
    case 'annotate':
      return `Annotate ${label}: ${pairs(change.entries)}`;
    default:
      return `${plain[change.verb]} ${label}`;
  }
}

function pairs(entries: Readonly<Record<string, string | null>>): string {
  return Object.entries(entries)
    .map(([key, value]) => (value === null ? `without ${key}` : `${key}=${value}`))
    .join(', ');
}
