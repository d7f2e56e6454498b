import type { ReactNode } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { Merge } from '../merge/merge-objects.ts';
import { OwnerConflicts } from './owner-conflicts.tsx';
import type { Editing } from './use-editing.ts';
import type { Saving } from './use-save.ts';

/** One line over the text, with what can be done about it. */
export function EditorLine({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-sunken px-4 py-1.5">
      {children}
    </div>
  );
}

interface EditorNoticesProps {
  editing: Editing;
  saving: Saving;
  /** Why nothing can be changed; null where it can. */
  noEditing: string | null;
  /** Why there is no schema. */
  schemaProblem: Error | null;
  onTakeIn(): void;
  onCompare(): void;
}

/** What one must know of before one writes on, the gravest last, next to the text. */
export function EditorNotices({ editing, saving, noEditing, schemaProblem, onTakeIn, onCompare }: EditorNoticesProps) {
  const words = useMessages().editor;
  const { restored, underneath } = editing;
  return (
    <>
      {noEditing !== null && <EditorLine>{noEditing}</EditorLine>}
      {noEditing === null && schemaProblem !== null && (
        <EditorLine>
          <StatusMark state="medium" text={words.noSchema} /> <span className="text-soft">{schemaProblem.message}</span>
        </EditorLine>
      )}
      {restored && <EditorLine>{words.restored}</EditorLine>}
      {underneath !== null && <Underneath merge={underneath} onTakeIn={onTakeIn} onCompare={onCompare} />}
      {saving.conflicts.length > 0 && <OwnerConflicts conflicts={saving.conflicts} onTakeOver={saving.takeOver} onBack={saving.dismiss} />}
      {saving.error !== null && (
        <div className="shrink-0 border-b p-3">
          <ErrorNotice what={words.notPlanned} error={saving.error} />
        </div>
      )}
    </>
  );
}

interface UnderneathProps {
  merge: Merge;
  onTakeIn(): void;
  onCompare(): void;
}

/** The object moves while one edits it. */
function Underneath({ merge: { conflicts, taken }, onTakeIn, onCompare }: UnderneathProps) {
  const words = useMessages().editor;
  const clashes = conflicts.length > 0;
  return (
    <EditorLine>
      <span className="min-w-0 grow">
        <StatusMark state={clashes ? 'high' : 'medium'} text={clashes ? words.underneathConflict(conflicts.length) : words.underneath(taken.length)} />
      </span>
      {!clashes && <Button onClick={onTakeIn}>{words.takeIn}</Button>}
      <Button onClick={onCompare}>{words.compare}</Button>
    </EditorLine>
  );
}
