import { podRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ExactText } from '../logins/exact-text.tsx';
import type { FileSubject } from './file-subject.ts';
import { readableText } from './readable-text.ts';
import { placeOf } from './use-files.ts';

interface FileViewerProps {
  cluster: string;
  subject: FileSubject;
  path: string;
  onDownload(): void;
  onClose(): void;
}

/** A small file as text. */
export function FileViewer({ cluster, subject, path, onDownload, onClose }: FileViewerProps) {
  const { api } = useServices();
  const messages = useMessages().files;
  const back = useRef<HTMLButtonElement>(null);
  const place = placeOf(cluster, subject, path);
  const file = useQuery({
    queryKey: ['file', place],
    queryFn: async ({ signal }) => ({ text: await readableText((await api.download(podRoutes.downloadFiles, place, signal)).body) }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => back.current?.focus(), []);
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex min-h-9 shrink-0 items-center gap-2 border-b px-2">
        <Button ref={back} look="quiet" onClick={onClose}>
          <ArrowLeft aria-hidden="true" />
          {messages.back}
        </Button>
        <span className="min-w-0 grow truncate font-mono text-code">
          <ExactText text={path} place="alone" />
        </span>
        {file.data?.text != null && <CopyButton text={file.data.text} label={messages.copyText} />}
        <Button onClick={onDownload}>{messages.download}</Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <section aria-label={messages.content} tabIndex={0} className="min-h-0 grow overflow-auto focus-visible:-outline-offset-2">
        {file.isPending && (
          <div className="p-4">
            <SkeletonLines widths={['50%', '70%', '40%']} />
          </div>
        )}
        {file.error !== null && (
          <div className="p-3">
            <ErrorNotice what={messages.notRead} error={file.error} onRetry={() => file.refetch()} />
          </div>
        )}
        {file.data?.text === null && <Empty title={messages.noText}>{messages.noTextHint}</Empty>}
        {file.data?.text === '' && <Empty title={messages.emptyFile} />}
        {file.data?.text != null && <pre className="whitespace-pre-wrap break-words p-3 font-mono text-code">{file.data.text}</pre>}
      </section>
    </div>
  );
}
