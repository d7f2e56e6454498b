import { Eye, PenLine } from 'lucide-react';
import { useEffect } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useRevealedValue } from '../../object-detail/secrets/use-revealed-value.ts';
import { useMay } from '../../session/session.tsx';
import type { DataEntry, WrittenValue } from './data-draft.ts';
import type { DataEditing } from './use-data-draft.ts';

interface HiddenValueProps {
  entry: DataEntry;
  editing: DataEditing;
  readOnly: boolean;
  secret: { namespace: string; name: string };
  secretKey: string;
  bytes: number | null;
}

/** A value that stays as it is unless somebody writes another one, or reveals it to change it. */
export function HiddenValue({ entry, editing, readOnly, secret, secretKey, bytes }: HiddenValueProps) {
  const { editor, objectSummary } = useMessages();
  const words = editor.data;
  const may = useMay('secret.reveal');
  const { revealed, pending, error, reveal } = useRevealedValue({ ...secret, key: secretKey });
  useEffect(() => {
    if (revealed === null) return;
    const value: WrittenValue = revealed.encoding === 'text' ? { as: 'text', text: revealed.value } : { as: 'binary', base64: revealed.value };
    editing.reveal(secretKey, value);
  }, [revealed, secretKey, editing]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 grow text-soft">{bytes === null ? words.hiddenUnknown : words.hidden(formatBytes(bytes))}</p>
        {!readOnly && (
          <Button aria-label={`${words.writeNew}: ${secretKey}`} onClick={() => editing.write(entry, { as: 'text', text: '' })}>
            <PenLine aria-hidden="true" />
            {words.writeNew}
          </Button>
        )}
        {!readOnly && may && (
          <Button aria-label={objectSummary.reveal(secretKey)} title={objectSummary.revealNote} disabled={pending} onClick={reveal}>
            <Eye aria-hidden="true" />
            {words.reveal}
          </Button>
        )}
      </div>
      {error !== null && <ErrorNotice what={objectSummary.notRevealed} error={error} onRetry={reveal} />}
    </>
  );
}
