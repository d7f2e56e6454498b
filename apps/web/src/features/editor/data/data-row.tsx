import { FileUp, RotateCcw, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { bytesOf, type DataEntry, problemOf, valueOfFile } from './data-draft.ts';
import { HiddenValue } from './hidden-value.tsx';
import type { DataEditing } from './use-data-draft.ts';

interface DataRowProps {
  entry: DataEntry;
  editing: DataEditing;
  readOnly: boolean;
  /** Of a Secret: where its values can be revealed. */
  secret: { namespace: string; name: string } | null;
}

/** One key with its value. */
export function DataRow({ entry, editing, readOnly, secret }: DataRowProps) {
  const words = useMessages().editor.data;
  const problem = problemOf(entry, editing.entries);
  const removed = entry.state === 'removed';
  // A hidden value can't be given another name: nobody here knows it.
  const fixed = readOnly || removed || entry.value.as === 'hidden';
  return (
    <li className="flex flex-col gap-1.5 border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-2">
        {fixed ? (
          <h3 className={`min-w-0 break-all font-medium font-mono text-code ${removed ? 'line-through' : ''}`}>{entry.name}</h3>
        ) : (
          <input
            aria-label={`${words.rename}: ${entry.key ?? entry.name}`}
            aria-invalid={problem !== null}
            value={entry.name}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => editing.rename(entry, event.target.value)}
            className="h-7 w-72 max-w-full rounded border border-line bg-surface px-2 font-mono text-code aria-invalid:border-critical"
          />
        )}
        <EntryState entry={entry} />
        <span className="grow" />
        {!readOnly && <RowButtons entry={entry} editing={editing} />}
      </div>
      {problem !== null && <p className="text-critical text-xs">{words[problem]}</p>}
      {entry.moved && <StatusMark state="high" text={words.keyConflict} />}
      {!removed && <EntryValue entry={entry} editing={editing} readOnly={readOnly} secret={secret} />}
    </li>
  );
}

function EntryState({ entry: { state, value } }: { entry: DataEntry }) {
  const words = useMessages().editor.data;
  const said = { same: null, changed: words.changed, removed: words.removed, added: words.added }[state];
  return (
    <span className="text-soft text-xs">
      {said !== null && <span className="font-medium text-accent">{said} </span>}
      {value.as === 'text' && formatBytes(bytesOf(value))}
    </span>
  );
}

function RowButtons({ entry, editing }: Pick<DataRowProps, 'entry' | 'editing'>) {
  const words = useMessages().editor.data;
  const file = useRef<HTMLInputElement>(null);
  const changed = entry.state === 'changed' || entry.state === 'removed';
  const replace = async (chosen: File | undefined) => {
    if (chosen !== undefined) editing.write(entry, valueOfFile(new Uint8Array(await chosen.arrayBuffer())));
  };
  return (
    <>
      {changed && (
        <Button
          look="icon"
          aria-label={words.restore(entry.key ?? entry.name)}
          title={words.restore(entry.key ?? entry.name)}
          onClick={() => editing.restore(entry)}
        >
          <RotateCcw />
        </Button>
      )}
      {entry.state !== 'removed' && (
        <>
          <input ref={file} type="file" hidden aria-hidden="true" tabIndex={-1} onChange={(event) => void replace(event.target.files?.[0])} />
          <Button look="icon" aria-label={`${words.replaceFile}: ${entry.name}`} title={words.replaceFile} onClick={() => file.current?.click()}>
            <FileUp />
          </Button>
          <Button look="icon" aria-label={words.remove(entry.name)} title={words.remove(entry.name)} onClick={() => editing.remove(entry)}>
            <Trash2 />
          </Button>
        </>
      )}
    </>
  );
}

const mostLines = 16;

function EntryValue({ entry, editing, readOnly, secret }: DataRowProps) {
  const words = useMessages().editor.data;
  const { value, key } = entry;
  if (value.as === 'binary') return <p className="text-soft">{words.binary(formatBytes(bytesOf(value)))}</p>;
  if (value.as === 'hidden')
    return secret === null || key === null ? null : <HiddenValue {...{ entry, editing, readOnly, secret }} secretKey={key} bytes={value.bytes} />;
  return (
    <textarea
      aria-label={words.value(entry.name)}
      value={value.text}
      readOnly={readOnly}
      spellCheck={false}
      rows={Math.min(mostLines, Math.max(1, value.text.split('\n').length))}
      onChange={(event) => editing.write(entry, { as: 'text', text: event.target.value })}
      className="w-full resize-y rounded border border-line bg-canvas px-3 py-2 font-mono text-code"
    />
  );
}
