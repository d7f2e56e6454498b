import { type FileEntry, toAppError } from '@quarterdeck/contract';
import { type DragEvent, useEffect, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { notify } from '../../ui/notify.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { DockPanelProps } from '../dock/dock-tab.ts';
import { useMay } from '../session/session.tsx';
import { DebugHere } from '../shells/debug-here.tsx';
import { usePodFacts } from '../shells/pod-facts.ts';
import { inFolder, parentOf } from './file-paths.ts';
import type { FileSubject } from './file-subject.ts';
import { FileTable } from './file-table.tsx';
import { FileViewer } from './file-viewer.tsx';
import { FilesBar } from './files-bar.tsx';
import { mostReadable } from './readable-text.ts';
import { type FileOrder, sortFiles } from './sort-files.ts';
import { TransferList } from './transfer-list.tsx';
import { useFiles } from './use-files.ts';
import { useTransfers } from './use-transfers.ts';

/** Rows that are drawn; a filter leads to the others. */
const mostRows = 1_000;

/** The files of a container: looked through, read, fetched and put there. */
export function FilesPanel(props: DockPanelProps<FileSubject>) {
  const messages = useMessages().files;
  const may = useMay('pod.files');
  if (!may) return <Empty title={messages.mayNot}>{messages.mayNotHint}</Empty>;
  return <Files {...props} />;
}

function Files({ subject, cluster, visible, keep, mark }: DockPanelProps<FileSubject>) {
  const messages = useMessages().files;
  const files = useFiles(cluster, subject, visible);
  const pod = usePodFacts({ cluster, namespace: subject.namespace, pod: subject.pod });
  const transfers = useTransfers(cluster, subject, () => void files.refetch());
  const [filter, setFilter] = useState('');
  const [viewed, setViewed] = useState<FileEntry | null>(null);
  const change = (next: Partial<FileSubject>) => {
    setFilter('');
    setViewed(null);
    keep({ ...subject, ...next });
  };
  const active = transfers.transfers.filter(({ state }) => state === 'running' || state === 'waiting').length;
  useEffect(() => mark(active === 0 ? null : { state: 'pending', text: messages.underWay(active) }), [mark, active, messages]);
  const put = async (chosen: readonly File[]) => {
    // Somebody else may have written there since the list was read.
    const entries = (await files.refetch()).data?.entries ?? [];
    for (const file of chosen) {
      if (entries.some(({ name, type }) => name === file.name && type === 'folder')) notify({ text: messages.isFolder(file.name), state: 'high' });
      else
        transfers.upload(
          file,
          entries.some(({ name }) => name === file.name),
        );
    }
  };
  const fetchEntry = ({ name, type, size }: FileEntry) => transfers.download(name, inFolder(subject.path, name), type === 'file' ? size : null);
  const open = (entry: FileEntry) => {
    if (entry.type !== 'file') change({ path: inFolder(subject.path, entry.name) });
    else if (entry.size > mostReadable) notify({ text: messages.tooLarge(entry.name), action: { label: messages.download, run: () => fetchEntry(entry) } });
    else setViewed(entry);
  };
  return (
    <DropZone onDrop={(dropped) => void put(dropped)}>
      <FilesBar
        subject={subject}
        pod={pod.data ?? null}
        filter={filter}
        onFilter={setFilter}
        onChange={change}
        onRefresh={() => void files.refetch()}
        onUpload={(chosen) => void put(chosen)}
      />
      {viewed === null ? (
        <div className="min-h-0 grow overflow-auto">
          {files.isPending && (
            <div className="p-4">
              <SkeletonLines widths={['30%', '45%', '38%', '52%']} />
            </div>
          )}
          {files.error !== null && <ListError cluster={cluster} subject={subject} pod={pod} files={files} onChange={change} />}
          {files.data !== undefined && files.error === null && (
            <Folder path={subject.path} entries={files.data.entries} filter={filter} onOpen={open} onDownload={fetchEntry} />
          )}
        </div>
      ) : (
        <FileViewer
          cluster={cluster}
          subject={subject}
          path={inFolder(subject.path, viewed.name)}
          onDownload={() => fetchEntry(viewed)}
          onClose={() => setViewed(null)}
        />
      )}
      <TransferList {...transfers} />
    </DropZone>
  );
}

interface FolderProps {
  path: string;
  entries: readonly FileEntry[];
  filter: string;
  onOpen(entry: FileEntry): void;
  onDownload(entry: FileEntry): void;
}

function Folder({ path, entries, filter, onOpen, onDownload }: FolderProps) {
  const messages = useMessages().files;
  const [order, setOrder] = useState<FileOrder>({ by: 'name', descending: false });
  const wanted = filter.toLowerCase();
  const found = entries.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (found.length === 0)
    return <Empty title={entries.length === 0 ? messages.emptyFolder : messages.noMatch(filter)}>{entries.length === 0 && messages.dropHere}</Empty>;
  return (
    <>
      <FileTable label={path} entries={sortFiles(found, order).slice(0, mostRows)} order={order} onOrder={setOrder} onOpen={onOpen} onDownload={onDownload} />
      {found.length > mostRows && <p className="px-3 py-2 text-soft">{messages.more(found.length - mostRows)}</p>}
    </>
  );
}

interface ListErrorProps {
  cluster: string;
  subject: FileSubject;
  pod: ReturnType<typeof usePodFacts>;
  files: ReturnType<typeof useFiles>;
  onChange(change: Partial<FileSubject>): void;
}

/** Why there is no list. A container without the programs for it is seen through a debug container. */
function ListError({ cluster, subject, pod, files, onChange }: ListErrorProps) {
  const messages = useMessages().files;
  const mayDebug = useMay('pod.debug');
  const lacksTools = toAppError(files.error).code === 'UNSUPPORTED' && subject.via === undefined;
  const { namespace, pod: name, container } = subject;
  return (
    <div className="p-3">
      <ErrorNotice what={messages.notListed} error={files.error} onRetry={() => files.refetch()} />
      {subject.path !== '/' && (
        <Button className="mt-2" onClick={() => onChange({ path: parentOf(subject.path) })}>
          {messages.up}
        </Button>
      )}
      {lacksTools && mayDebug && pod.data != null && (
        <DebugHere place={{ cluster, namespace, pod: name, container }} facts={pod.data} onStarted={(added) => onChange({ via: added.container })} />
      )}
    </div>
  );
}

/** Takes files that are dropped anywhere on the tab. */
function DropZone({ children, onDrop }: { children: React.ReactNode; onDrop(files: readonly File[]): void }) {
  const messages = useMessages().files;
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    const folders = items.filter((item) => item.webkitGetAsEntry()?.isDirectory === true);
    if (folders.length > 0) notify({ text: messages.noFolders, state: 'high' });
    onDrop(items.filter((item) => !folders.includes(item)).flatMap((item) => item.getAsFile() ?? []));
  };
  return (
    <section
      aria-label={messages.files}
      className={`flex min-h-0 grow flex-col ${over ? 'outline-2 outline-accent -outline-offset-2' : ''}`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </section>
  );
}
