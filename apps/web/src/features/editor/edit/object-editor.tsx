import type { ObjectRef } from '@quarterdeck/contract';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useCommands } from '../../../commands/command-center.tsx';
import { useMessages } from '../../../messages/language.ts';
import { notify } from '../../../ui/notify.ts';
import { objectKey } from '../../objects/object-key.ts';
import type { FieldDocumentation } from '../code/field-documentation.ts';
import { CodeEditor } from '../lazy-code.ts';
import { isRecord } from '../schema/yaml-documents.ts';
import { editable, type PlainObject } from './editable.ts';
import { EditorFoot } from './editor-foot.tsx';
import { EditorNotices } from './editor-notices.tsx';
import { EditorToolbar } from './editor-toolbar.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { TextSkeleton } from './text-skeleton.tsx';
import { ThreeWay } from './three-way.tsx';
import { type Editing, useEditing } from './use-editing.ts';
import { useEditorHandle } from './use-editor-handle.ts';
import { useMarks } from './use-marks.ts';
import { useNoEditing } from './use-no-editing.ts';
import { type Saving, useSave } from './use-save.ts';
import { useKindSchema, useSchemaSource } from './use-schema-source.ts';

interface ObjectEditorProps {
  cluster: string;
  object: ObjectRef;
  live: PlainObject;
  deleted: boolean;
  onWhole(): void;
}

/** The text of a live object, what is known of its fields, and the way of a change to its preview. */
export function ObjectEditor({ cluster, object, live, deleted, onWhole }: ObjectEditorProps) {
  const words = useMessages().editor;
  const schemas = useSchemaSource();
  const { schema, problem } = useKindSchema(schemas, object.apiVersion, object.kind);
  const onSaved = useCallback(() => notify({ text: words.saved(object.name), state: 'healthy' }), [words, object.name]);
  // The values of a Secret are kept nowhere.
  const editing = useEditing(live, { draftKey: object.kind === 'Secret' ? null : `${cluster} ${objectKey(object)}`, schema, onSaved });
  const noEditing = useNoEditing(object, deleted);
  const saving = useSave(object);
  const [comparing, setComparing] = useState(false);
  const [field, setField] = useState<FieldDocumentation | null>(null);
  const { marks, more, setMarks } = useMarks(editing.base);
  const handle = useEditorHandle(objectKey(object));
  useKeptNotice(editing.dirty && object.kind !== 'Secret', words.kept(object.name));
  const tools = useRef<HTMLDivElement>(null);
  const onPreview = () => {
    if (noEditing !== null) return;
    const next = goOn(editing, saving, live);
    if (next === 'mend') handle.show(marks[0]?.from ?? 0);
    if (next === 'decide') setComparing(true);
  };
  useEditorCommands({ onSave: onPreview, onEdit: handle.focus, writable: noEditing === null });
  const takeIn = (merged: unknown) => {
    if (isRecord(merged)) editing.rebase(merged);
    setComparing(false);
  };

  if (comparing && editing.underneath !== null) {
    return <ThreeWay merge={editing.underneath} theirs={editable(live)} onApply={takeIn} onCancel={() => setComparing(false)} />;
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <LeaveGuard active={editing.dirty && object.kind === 'Secret'} />
      <EditorToolbar
        object={object}
        editing={editing}
        writable={noEditing === null}
        pending={saving.pending}
        place={tools}
        onWhole={onWhole}
        onPreview={onPreview}
      />
      <EditorNotices
        {...{ editing, saving, noEditing }}
        schemaProblem={problem}
        onTakeIn={() => takeIn(editing.underneath?.merged)}
        onCompare={() => setComparing(true)}
      />
      <div className="min-h-0 grow">
        <Suspense fallback={<TextSkeleton />}>
          <CodeEditor
            value={editing.text}
            onChange={noEditing === null ? editing.setText : undefined}
            label={words.label(object.kind, object.name)}
            {...{ schemas, more }}
            onMarks={setMarks}
            onField={setField}
            onReady={handle.ready}
            onLeave={() => tools.current?.focus()}
          />
        </Suspense>
      </div>
      <EditorFoot text={editing.text} marks={marks} field={field} onShow={handle.show} />
    </div>
  );
}

/** Plans the change on the object as it is now; what keeps from it is to be mended or decided first. */
function goOn(editing: Editing, saving: Saving, live: PlainObject): 'mend' | 'decide' | null {
  const { dirty, mine, underneath } = editing;
  if (!dirty || saving.pending) return null;
  if (mine === null) return 'mend';
  if (underneath === null) {
    saving.plan({ base: live, mine });
    return null;
  }
  if (underneath.conflicts.length > 0 || !isRecord(underneath.merged)) return 'decide';
  editing.rebase(underneath.merged);
  saving.plan({ base: live, mine: underneath.merged });
  return null;
}

/** Who goes elsewhere on the page is told that nothing is lost. */
function useKeptNotice(dirty: boolean, text: string): void {
  const latest = useRef({ dirty, text });
  latest.current = { dirty, text };
  useEffect(
    () => () => {
      if (latest.current.dirty) notify({ id: 'draft', text: latest.current.text });
    },
    [],
  );
}

interface EditorCommands {
  onSave(): void;
  onEdit(): void;
  writable: boolean;
}

function useEditorCommands({ onSave, onEdit, writable }: EditorCommands): void {
  const words = useMessages().editor;
  const when = () => writable;
  useCommands([
    { id: 'editor-save', label: words.preview, group: 'here', keywords: ['save', 'apply'], shortcuts: ['Mod+s'], when, run: onSave },
    { id: 'editor-edit', label: words.edit, group: 'here', keywords: ['write', 'yaml'], shortcuts: ['e'], when, run: onEdit },
  ]);
}
