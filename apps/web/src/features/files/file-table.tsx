import type { FileEntry } from '@quarterdeck/contract';
import { ArrowDown, ArrowDownToLine, ArrowUp, CornerDownRight, File, Folder, type LucideIcon, Plug } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { formatBytes } from '../../text/bytes.ts';
import { Button } from '../../ui/button.tsx';
import { Age } from '../../ui/time.tsx';
import { ExactText } from '../logins/exact-text.tsx';
import { type FileOrder, type FileSort, fileSorts } from './sort-files.ts';

const icons: Record<FileEntry['type'], LucideIcon> = { file: File, folder: Folder, link: CornerDownRight, device: Plug, socket: Plug, pipe: Plug };

interface FileTableProps {
  label: string;
  entries: readonly FileEntry[];
  order: FileOrder;
  onOrder(order: FileOrder): void;
  /** A folder is entered, a file is looked at. */
  onOpen(entry: FileEntry): void;
  onDownload(entry: FileEntry): void;
}

/** What is in a folder. Names come from a container: what can't be seen in them is shown. */
export function FileTable({ label, entries, order, onOrder, onOpen, onDownload }: FileTableProps) {
  const messages = useMessages().files;
  return (
    <table aria-label={label} className="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr>
          {fileSorts.map((by) => (
            <SortHeader key={by} by={by} order={order} onOrder={onOrder} />
          ))}
          <th scope="col" className="sticky top-0 z-10 hidden h-7 w-20 border-b bg-canvas px-3 text-left sm:table-cell font-normal text-soft text-xs">
            {messages.mode}
          </th>
          <th scope="col" className="sticky top-0 z-10 h-7 w-12 border-b bg-canvas">
            <span className="sr-only">{messages.download}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <FileRow key={entry.name} entry={entry} onOpen={() => onOpen(entry)} onDownload={() => onDownload(entry)} />
        ))}
      </tbody>
    </table>
  );
}

const widths: Record<FileSort, string> = { name: '', size: 'w-24 text-right', modifiedAt: 'hidden w-24 text-right sm:table-cell' };

function SortHeader({ by, order, onOrder }: { by: FileSort; order: FileOrder; onOrder(order: FileOrder): void }) {
  const messages = useMessages().files;
  const chosen = order.by === by;
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={chosen ? (order.descending ? 'descending' : 'ascending') : 'none'}
      className={`sticky top-0 z-10 h-7 border-b bg-canvas p-0 text-left font-normal text-soft text-xs ${widths[by]}`}
    >
      <button
        type="button"
        onClick={() => onOrder({ by, descending: chosen ? !order.descending : by !== 'name' })}
        className={`inline-flex h-7 items-center gap-1 px-3 hover:text-ink ${chosen ? 'font-medium text-ink' : ''}`}
      >
        {messages.columns[by]}
        {chosen && <Arrow aria-hidden="true" className="size-3" />}
      </button>
    </th>
  );
}

function FileRow({ entry, onOpen, onDownload }: { entry: FileEntry; onOpen(): void; onDownload(): void }) {
  const messages = useMessages().files;
  const { name, type, size, mode, modifiedAt, target } = entry;
  const Icon = icons[type];
  const readable = type === 'file' || type === 'folder' || type === 'link';
  return (
    <tr className="h-7 hover:bg-hover">
      <td className="border-line/60 border-b px-3 py-0">
        <span className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
          {readable ? (
            <button type="button" onClick={onOpen} className={`min-w-0 truncate text-left hover:underline ${type === 'folder' ? 'font-medium' : ''}`}>
              <ExactText text={name} place="alone" />
            </button>
          ) : (
            <span className="min-w-0 truncate" title={messages.types[type]}>
              <ExactText text={name} place="alone" />
            </span>
          )}
          {target !== null && (
            <span className="min-w-0 truncate text-soft">
              → <ExactText text={target} place="alone" />
            </span>
          )}
        </span>
      </td>
      <td className="border-line/60 border-b px-3 py-0 text-right" title={type === 'folder' ? undefined : messages.bytes(size)}>
        {type === 'file' ? formatBytes(size) : '–'}
      </td>
      <td className="hidden border-line/60 border-b px-3 py-0 text-right sm:table-cell">
        <Age at={modifiedAt} />
      </td>
      <td className="hidden border-line/60 border-b px-3 py-0 font-mono text-code sm:table-cell">{mode}</td>
      <td className="border-line/60 border-b px-2 py-0">
        {(type === 'file' || type === 'folder') && (
          <Button
            look="icon"
            className="h-6 w-6"
            aria-label={messages.downloadOf(name, type === 'folder')}
            title={messages.downloadOf(name, type === 'folder')}
            onClick={onDownload}
          >
            <ArrowDownToLine />
          </Button>
        )}
      </td>
    </tr>
  );
}
