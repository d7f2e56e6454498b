import type { Attachment } from '@quarterdeck/contract';
import { CircleAlert } from 'lucide-react';
import { useKinds } from '../clusters/use-kinds.ts';
import { ObjectChip } from '../objects/object-chip.tsx';
import { kindName } from '../objects/object-key.ts';

/** An object or an issue that is laid beside a question. */
export function AttachedObject({ attachment }: { attachment: Extract<Attachment, { type: 'object' | 'issue' }> }) {
  const { kinds } = useKinds();
  if (attachment.type === 'issue') {
    return (
      <span className="inline-flex min-w-0 items-center gap-1" title={attachment.title}>
        <CircleAlert className="size-3.5 shrink-0 text-soft" aria-hidden="true" />
        <span className="truncate">{attachment.title}</span>
      </span>
    );
  }
  const { kind, namespace, name } = attachment;
  const known = kinds.find((each) => each.kind === kind || kindName(each) === kind);
  const object = { apiVersion: known?.apiVersion ?? '', kind: known?.kind ?? kind, namespace, name };
  return <ObjectChip object={object} withNamespace exists={known !== undefined} />;
}
