import { Dialog } from '@base-ui/react/dialog';
import { type KubeconfigFileInfo, type KubeconfigFileProblem, toAppError } from '@quarterdeck/contract';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles, TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { floating } from '../../ui/floating.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { problemsOf } from './upload-problems.ts';
import { useKubeconfigs } from './use-kubeconfigs.ts';

interface KubeconfigsDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** Where the clusters come from: the files, what is wrong in them by line, and the way to add one. */
export function KubeconfigsDialog({ open, onOpenChange }: KubeconfigsDialogProps) {
  const { clusters: messages, common } = useMessages();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className={`${floating.popup} fixed top-[12vh] left-1/2 flex max-h-[76vh] w-[min(44rem,94vw)] -translate-x-1/2 flex-col`}>
          <div className="flex shrink-0 items-center border-b py-2 pr-2 pl-4">
            <Dialog.Title className="grow font-medium text-md">{messages.files}</Dialog.Title>
            <Dialog.Close className={buttonStyles.icon} aria-label={common.close}>
              <X />
            </Dialog.Close>
          </div>
          <div className="min-h-0 overflow-y-auto p-4">
            <KubeconfigFiles open={open} />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KubeconfigFiles({ open }: { open: boolean }) {
  const messages = useMessages().clusters;
  const { files, upload, remove } = useKubeconfigs(open);
  const failure = upload.error ?? remove.error ?? files.error;
  return (
    <div className="flex flex-col gap-4">
      <DropZone onFile={(file) => upload.mutate(file)} busy={upload.isPending} />
      {upload.data !== undefined && upload.error === null && (
        <p role="status">{messages.added(upload.data.name ?? upload.data.path, upload.data.contexts.join(', '))}</p>
      )}
      {failure !== null && (
        <div>
          <ErrorNotice what={upload.error === null ? messages.failed : messages.notAdded} error={failure} />
          {upload.error !== null && <Problems problems={problemsOf(toAppError(upload.error))} />}
        </div>
      )}
      <ul className="flex flex-col gap-3">
        {files.data?.files.map((file) => (
          <FileEntry key={file.path} file={file} onRemove={file.name === null ? null : () => remove.mutate(file.name ?? '')} />
        ))}
      </ul>
      {files.data !== undefined && files.data.problems.length > 0 && <Problems problems={files.data.problems} />}
    </div>
  );
}

/** Takes a file by choice or by drop. What is in it is not trusted, and it says so before. */
function DropZone({ onFile, busy }: { onFile(file: File): void; busy: boolean }) {
  const messages = useMessages().clusters;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file !== undefined) onFile(file);
  };
  return (
    <section
      aria-label={messages.addKubeconfig}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded border border-dashed p-3 ${over ? 'border-accent bg-hover' : 'border-line'}`}
    >
      <Button onClick={() => input.current?.click()} disabled={busy}>
        {busy ? messages.readingFile : messages.addFile}
      </Button>
      <p className="min-w-0 grow basis-60 text-soft">{messages.dropNote}</p>
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={messages.file}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </section>
  );
}

function FileEntry({ file, onRemove }: { file: KubeconfigFileInfo; onRemove: (() => void) | null }) {
  const messages = useMessages().clusters;
  return (
    <li className="rounded border border-line p-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="min-w-0 grow break-all font-mono text-code">{file.name ?? file.path}</span>
        <span className="text-soft">{messages.origins[file.origin]}</span>
        {onRemove !== null && <TextButton onClick={onRemove}>{messages.remove}</TextButton>}
      </div>
      <p className="text-soft">
        {messages.contexts(file.contexts.length)}
        {file.contexts.length > 0 && `: ${file.contexts.slice(0, 6).join(', ')}${file.contexts.length > 6 ? ', …' : ''}`}
      </p>
      <Problems problems={file.problems} />
    </li>
  );
}

function Problems({ problems }: { problems: readonly Pick<KubeconfigFileProblem, 'line' | 'message' | 'hint'>[] }) {
  const messages = useMessages().clusters;
  if (problems.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-col gap-1.5">
      {problems.map(({ line, message, hint }) => (
        <li key={`${line} ${message}`} className="flex gap-2">
          <span className="w-20 shrink-0">
            <StatusMark state="high" text={line === null ? messages.inFile : messages.line(line)} />
          </span>
          <span className="min-w-0 break-words">
            {line === null ? message : withoutPlace(message)} <span className="text-soft">{hint}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The line stands beside it, the file above. */
function withoutPlace(message: string): string {
  return message.replace(/^.*?, line \d+: /, '');
}
