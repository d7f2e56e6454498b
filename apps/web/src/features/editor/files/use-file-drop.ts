import { type RefObject, useEffect, useRef } from 'react';

/** Takes the files, and those of folders, that are dropped on the element; null where none are wanted. */
export function useFileDrop(place: RefObject<HTMLElement | null>, onFiles: ((files: readonly File[]) => void) | null): void {
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.stopPropagation();
      void filesIn(event.dataTransfer).then((files) => latest.current?.(files));
    };
    // Before the editor, which would take the file for text.
    element.addEventListener('dragover', over, { capture: true });
    element.addEventListener('drop', drop, { capture: true });
    return () => {
      element.removeEventListener('dragover', over, { capture: true });
      element.removeEventListener('drop', drop, { capture: true });
    };
  }, [place]);
}

/** The entries must be taken before the event is over. */
async function filesIn({ items, files }: DataTransfer): Promise<File[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  if (!isDirectory(entry)) return [];
  const found: File[] = [];
  const reader = entry.createReader();
  // A folder is read in pieces, until one is empty.
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (piece.length === 0) return found;
    for (const inner of piece.toSorted((a, b) => (a.name < b.name ? -1 : 1))) found.push(...(await filesOf(inner)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
