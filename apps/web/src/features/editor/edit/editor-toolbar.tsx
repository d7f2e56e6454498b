import type { ObjectRef } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { Columns2 } from 'lucide-react';
import type { Ref } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button, buttonStyles } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { objectKey } from '../../objects/object-key.ts';
import { FormatChoice } from './format-choice.tsx';
import type { Editing } from './use-editing.ts';

interface EditorToolbarProps {
  object: ObjectRef;
  editing: Editing;
  /** Whether one may change anything at all. */
  writable: boolean;
  pending: boolean;
  /** Where the focus goes that leaves the text. */
  place: Ref<HTMLDivElement>;
  onWhole(): void;
  onPreview(): void;
}

export function EditorToolbar({ object, editing, writable, pending, place, onWhole, onPreview }: EditorToolbarProps) {
  const words = useMessages().editor;
  const { format, setFormat, mine, text, dirty, discard } = editing;
  return (
    <div ref={place} tabIndex={-1} className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-1.5 outline-none">
      <FormatChoice format={format} onFormat={setFormat} disabled={mine === null} />
      <Button look="quiet" title={words.everythingNote} onClick={onWhole}>
        {words.everything}
      </Button>
      <CopyButton text={text} label={words.copy} />
      <Link to="/compare" search={{ a: objectKey(object) }} aria-label={words.compareWith} title={words.compareWith} className={buttonStyles.icon}>
        <Columns2 />
      </Link>
      <span className="grow" />
      {writable && <span className="text-soft text-xs">{dirty ? words.changed : words.unchanged}</span>}
      {dirty && <Button onClick={discard}>{words.discard}</Button>}
      {writable && (
        <Button look="primary" disabled={!dirty || pending} onClick={onPreview}>
          {pending ? words.checking : words.preview}
        </Button>
      )}
    </div>
  );
}
