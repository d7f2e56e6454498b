import type { ObjectRef } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

/** Over an object that was deleted while somebody read it. */
export function DeletedNotice() {
  const messages = useMessages().objectDetail;
  return (
    <p role="status" className="shrink-0 border-b bg-sunken px-4 py-2">
      <StatusMark state="missing" text={messages.deleted} /> <span className="text-soft">{messages.deletedNote}</span>
    </p>
  );
}

/** In place of an object that is not there. */
export function AbsentNotice({ object }: { object: ObjectRef }) {
  const messages = useMessages().objectDetail;
  return (
    <div role="status" className="shrink-0 border-b bg-sunken px-4 py-3">
      <p className="break-words">
        <StatusMark state="missing" text={messages.absent(object.kind, object.name, object.namespace)} />
      </p>
      <p className="mt-1 text-soft">{messages.absentNote}</p>
    </div>
  );
}
