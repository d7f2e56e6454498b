import { FileUp, Plus } from 'lucide-react';
import { useCallback, useRef } from 'react';
import { useCommands } from '../../../commands/command-center.tsx';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { notify } from '../../../ui/notify.ts';
import { useObjectActions } from '../../object-actions/use-object-actions.tsx';
import type { ObjectSectionProps } from '../../object-detail/object-section.ts';
import type { PlainObject } from '../edit/editable.ts';
import { EditorLine } from '../edit/editor-notices.tsx';
import { LeaveGuard } from '../edit/leave-guard.tsx';
import { useNoEditing } from '../edit/use-no-editing.ts';
import { useFileDrop } from '../files/use-file-drop.ts';
import { bytesOf, mostBytes, patchOf, problemOf, valueOfFile } from './data-draft.ts';
import { DataRow } from './data-row.tsx';
import { type DataEditing, useDataDraft } from './use-data-draft.ts';

/** The keys of a ConfigMap or Secret, one by one. */
export default function DataPanel({ object, open: { read, presence } }: ObjectSectionProps) {
  return read === null ? null : <DataEditor object={object} live={read.object} deleted={presence !== 'there'} />;
}

interface DataEditorProps {
  object: ObjectSectionProps['object'];
  live: PlainObject;
  deleted: boolean;
}

function DataEditor({ object, live, deleted }: DataEditorProps) {
  const words = useMessages().editor;
  const { preview } = useObjectActions();
  const onSaved = useCallback(() => notify({ text: words.saved(object.name), state: 'healthy' }), [words, object.name]);
  const editing = useDataDraft(live, onSaved);
  const cannot = useNoEditing(object, deleted);
  const noEditing = cannot ?? (live.immutable === true ? words.data.immutable : null);
  const isSecret = object.kind === 'Secret';
  const total = editing.entries.filter(({ state }) => state !== 'removed').reduce((sum, { value }) => sum + bytesOf(value), 0);
  const wrong = total > mostBytes || editing.entries.some((entry) => problemOf(entry, editing.entries) !== null);
  const ready = noEditing === null && editing.dirty && !wrong;
  const onPreview = () => {
    const patch = ready ? patchOf(editing.entries, isSecret) : null;
    if (patch !== null)
      preview({ title: words.saveTitle(object.kind, object.name), steps: [{ change: { verb: 'patch', target: object, patchType: 'merge', patch } }] });
  };
  useCommands([
    { id: 'data-save', label: words.preview, group: 'here', keywords: ['save', 'apply'], shortcuts: ['Mod+s'], when: () => noEditing === null, run: onPreview },
  ]);
  const place = useRef<HTMLDivElement>(null);
  useFileDrop(place, noEditing === null ? (files) => void addFiles(editing, files) : null);
  const secret = isSecret && object.namespace !== null ? { namespace: object.namespace, name: object.name } : null;
  return (
    <div ref={place} className="flex h-full min-h-0 flex-col">
      <LeaveGuard active={editing.dirty} />
      <DataToolbar editing={editing} writable={noEditing === null} ready={ready} total={total} onPreview={onPreview} />
      {noEditing !== null && <EditorLine>{noEditing}</EditorLine>}
      {total > mostBytes && <EditorLine>{words.data.tooBig}</EditorLine>}
      <div className="min-h-0 grow overflow-auto">
        {editing.entries.length === 0 && <Empty title={words.data.empty}>{noEditing === null && words.data.emptyNext}</Empty>}
        <ul aria-label={words.data.section}>
          {editing.entries.map((entry) => (
            <DataRow key={entry.id} entry={entry} editing={editing} readOnly={noEditing !== null} secret={secret} />
          ))}
        </ul>
      </div>
    </div>
  );
}

async function addFiles(editing: DataEditing, files: readonly File[]): Promise<void> {
  const read = await Promise.all(files.map(async (file) => ({ name: file.name, value: valueOfFile(new Uint8Array(await file.arrayBuffer())) })));
  const there = (name: string) => editing.entries.find((entry) => entry.name === name && entry.state !== 'removed');
  for (const { name, value } of read) {
    const entry = there(name);
    if (entry !== undefined) editing.write(entry, value);
  }
  editing.add(read.filter(({ name }) => there(name) === undefined));
}

interface DataToolbarProps {
  editing: DataEditing;
  writable: boolean;
  ready: boolean;
  total: number;
  onPreview(): void;
}

function DataToolbar({ editing, writable, ready, total, onPreview }: DataToolbarProps) {
  const words = useMessages().editor;
  const files = useRef<HTMLInputElement>(null);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-1.5">
      {writable && (
        <>
          <Button onClick={() => editing.add([{ name: freeName(editing, words.data.newKey), value: { as: 'text', text: '' } }])}>
            <Plus aria-hidden="true" />
            {words.data.add}
          </Button>
          <input
            ref={files}
            type="file"
            multiple
            hidden
            aria-hidden="true"
            tabIndex={-1}
            onChange={(event) => void addFiles(editing, [...(event.target.files ?? [])])}
          />
          <Button onClick={() => files.current?.click()}>
            <FileUp aria-hidden="true" />
            {words.data.upload}
          </Button>
        </>
      )}
      <span className="text-soft text-xs">{words.data.total(formatBytes(total))}</span>
      <span className="grow" />
      {writable && <span className="text-soft text-xs">{editing.dirty ? words.changed : words.unchanged}</span>}
      {editing.dirty && <Button onClick={editing.discard}>{words.discard}</Button>}
      {writable && (
        <Button look="primary" disabled={!ready} onClick={onPreview}>
          {words.preview}
        </Button>
      )}
    </div>
  );
}

function freeName({ entries }: DataEditing, wanted: string): string {
  let name = wanted;
  for (let count = 2; entries.some((entry) => entry.name === name); count += 1) name = `${wanted}-${count}`;
  return name;
}
