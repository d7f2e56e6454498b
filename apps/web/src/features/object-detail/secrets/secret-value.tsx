import { Eye, EyeOff } from 'lucide-react';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useClusters } from '../../clusters/clusters.tsx';
import { useMay } from '../../session/session.tsx';
import { useRevealedValue } from './use-revealed-value.ts';

interface SecretValueProps {
  namespace: string;
  name: string;
  secretKey: string;
  /** What the server says in place of the value: `<hidden, 12 bytes>`. */
  shown: string;
}

/** One key of a Secret, hidden until somebody who may asks to see it. */
export function SecretValue({ namespace, name, secretKey, shown }: SecretValueProps) {
  const messages = useMessages().objectSummary;
  const may = useMay('secret.reveal');
  const recorded = useClusters().selected?.state === 'recording';
  const { revealed, pending, error, reveal, hide } = useRevealedValue({ namespace, name, key: secretKey });
  const bytes = /(\d+) bytes/.exec(shown)?.[1];
  const label = revealed === null ? messages.reveal(secretKey) : messages.hide(secretKey);
  return (
    <li className="py-1.5">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3">
        <h4 className="min-w-0 break-all font-medium font-mono text-code">{secretKey}</h4>
        <span className="text-soft text-xs">{bytes !== undefined && formatBytes(Number(bytes))}</span>
        <span className="grow" />
        {revealed !== null && revealed.encoding === 'text' && <CopyButton text={revealed.value} label={messages.copyValue(secretKey)} />}
        {may && !recorded && (
          <Button look="quiet" aria-label={label} title={messages.revealNote} disabled={pending} onClick={revealed === null ? reveal : hide}>
            {revealed === null ? <Eye /> : <EyeOff />}
            {revealed === null ? messages.revealWord : messages.hideWord}
          </Button>
        )}
      </div>
      {revealed === null && <p className="text-soft">{recorded ? messages.notRecorded : may ? messages.hidden : messages.mayNotReveal}</p>}
      {error !== null && <ErrorNotice what={messages.notRevealed} error={error} onRetry={reveal} />}
      {revealed !== null && revealed.encoding === 'base64' && <p className="text-soft text-xs">{messages.binary(formatBytes(revealed.bytes))}</p>}
      {revealed !== null && (
        <>
          <pre data-revealed="" className="whitespace-pre-wrap break-all rounded border border-line bg-canvas px-3 py-2 font-mono text-code">
            {revealed.value}
          </pre>
          <p className="text-soft text-xs">{messages.hidesSoon}</p>
        </>
      )}
    </li>
  );
}
