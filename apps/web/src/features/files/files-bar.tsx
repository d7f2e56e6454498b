import { RefreshCw, Upload } from 'lucide-react';
import { useRef } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ExactText } from '../logins/exact-text.tsx';
import { ContainerChoice } from '../shells/container-choice.tsx';
import type { PodFacts } from '../shells/pod-facts.ts';
import { crumbsOf } from './file-paths.ts';
import type { FileSubject } from './file-subject.ts';

interface FilesBarProps {
  subject: FileSubject;
  pod: PodFacts | null;
  filter: string;
  onFilter(filter: string): void;
  onChange(change: Partial<FileSubject>): void;
  onRefresh(): void;
  onUpload(files: readonly File[]): void;
}

/** Where one is, and the way back up. */
export function FilesBar({ subject, pod, filter, onFilter, onChange, onRefresh, onUpload }: FilesBarProps) {
  const messages = useMessages().files;
  const input = useRef<HTMLInputElement>(null);
  const crumbs = crumbsOf(subject.path);
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-2 py-1">
      {pod !== null && (
        <ContainerChoice
          containers={pod.containers.filter(({ role }) => role !== 'debug')}
          value={subject.container ?? pod.containers[0]?.name ?? ''}
          onChange={(container) => onChange({ container, path: '/', via: undefined })}
        />
      )}
      <nav aria-label={messages.path} className="flex min-w-0 grow basis-48 flex-wrap items-center">
        {crumbs.map(({ name, path }, index) => (
          <span key={path} className="inline-flex min-w-0 max-w-full items-center">
            {index > 1 && <span className="text-soft">/</span>}
            <button
              type="button"
              aria-current={index === crumbs.length - 1 ? 'page' : undefined}
              onClick={() => onChange({ path })}
              className={`min-w-0 truncate rounded-sm px-1 font-mono text-code hover:underline ${index === crumbs.length - 1 ? '' : 'text-accent'}`}
            >
              <ExactText text={name} place="alone" />
            </button>
          </span>
        ))}
      </nav>
      {subject.via !== undefined && <span className="text-soft text-xs">{messages.through(subject.via)}</span>}
      <input
        aria-label={messages.filter}
        placeholder={messages.filter}
        value={filter}
        spellCheck={false}
        onChange={(event) => onFilter(event.target.value)}
        className="h-7 w-32 min-w-0 rounded border border-line bg-surface px-2 placeholder:text-soft"
      />
      <Button look="icon" aria-label={messages.refresh} title={messages.refresh} onClick={onRefresh}>
        <RefreshCw />
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={messages.upload}
        onChange={(event) => {
          onUpload([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden="true" />
        {messages.upload}
      </Button>
    </div>
  );
}
