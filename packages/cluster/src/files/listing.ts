import type { FileEntry } from '@quarterdeck/contract';

/**
 * Prints what is in the folder $1, in one of two forms, so that no name can be taken for something else.
 * With GNU find: `find` NUL, then for each entry `type mode size time` NUL name NUL target NUL.
 * Else: `stat` NUL, the names, each with a NUL, an empty name, then for each entry a line `mode size time ./name`
 * (a name is recognised there because it is known already), NUL, and for each link `./name` NUL target `/.` NUL.
 */
export const listingScript = `cd -- "$1" || exit 66
if find . -maxdepth 0 -printf '' 2>/dev/null; then
  printf 'find\\0'
  exec find . ! -name . -prune -printf '%y %m %s %T@\\0%f\\0%l\\0'
fi
printf 'stat\\0'
if find . -maxdepth 0 -print0 >/dev/null 2>&1; then
  find . ! -name . -prune -print0
  printf '\\0'
  find . ! -name . -prune -exec stat -c '%f %s %Y %n' {} +
  printf '\\0'
  find . ! -name . -prune -type l -exec sh -c 'for f do printf "%s\\0" "$f"; readlink "$f"; printf "/.\\0"; done' sh {} +
else
  set -- ./.* ./*
  printf '%s\\0' "$@"
  printf '\\0'
  stat -c '%f %s %Y %n' "$@" 2>/dev/null
  printf '\\0'
  for f do if [ -L "$f" ]; then printf '%s\\0' "$f"; readlink "$f"; printf '/.\\0'; fi; done
fi
true`;

type FileType = FileEntry['type'];

const letters: Record<string, FileType> = { f: 'file', d: 'folder', l: 'link', b: 'device', c: 'device', s: 'socket', p: 'pipe' };
/** The format bits of a raw mode (stat.h). */
const formats: Record<number, FileType> = { 8: 'file', 4: 'folder', 10: 'link', 6: 'device', 2: 'device', 12: 'socket', 1: 'pipe' };

/** What `listingScript` printed; null for anything else. */
export function parseListing(output: string): FileEntry[] | null {
  const [form, ...fields] = output.split('\0');
  if (form === 'find') return parseFind(fields);
  return form === 'stat' ? parseStat(output.slice('stat\0'.length)) : null;
}

function parseFind(fields: readonly string[]): FileEntry[] {
  const entries: FileEntry[] = [];
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [letter = '', mode = '0', size = '0', time = '0'] = (fields[i] ?? '').split(' ');
    const type = letters[letter];
    if (type !== undefined) entries.push(entry(fields[i + 1] ?? '', { type, mode: Number.parseInt(mode, 8), size, time, target: fields[i + 2] ?? '' }));
  }
  return entries;
}

function parseStat(text: string): FileEntry[] {
  const end = text.startsWith('\0') ? 0 : text.indexOf('\0\0') + 1;
  const names = text.slice(0, end).split('\0').slice(0, -1);
  const rest = text.slice(end + 1);
  const afterLines = rest.indexOf('\0');
  const targets = linkTargets(rest.slice(afterLines + 1));
  return statLines(rest.slice(0, afterLines), names).map(({ path, raw, size, time }) =>
    entry(path.slice(2), { type: formats[raw >> 12] ?? 'file', mode: raw & 0o7777, size, time, target: targets.get(path) ?? '' }),
  );
}

interface StatLine {
  path: string;
  raw: number;
  size: string;
  time: string;
}

/** A name that is missing among the lines went away meanwhile. */
function statLines(text: string, names: readonly string[]): StatLine[] {
  const found: StatLine[] = [];
  let at = 0;
  for (const path of names) {
    const match = /^([0-9a-f]+) (\d+) (-?\d+) /.exec(text.slice(at, at + 80));
    const [head = '', raw = '', size = '', time = ''] = match ?? [];
    if (match === null || !text.startsWith(`${path}\n`, at + head.length)) continue;
    at += head.length + path.length + 1;
    if (path !== './.' && path !== './..') found.push({ path, raw: Number.parseInt(raw, 16), size, time });
  }
  return found;
}

function linkTargets(text: string): Map<string, string> {
  const fields = text.split('\0');
  const targets = new Map<string, string>();
  for (let i = 0; i + 1 < fields.length; i += 2) targets.set(fields[i] ?? '', (fields[i + 1] ?? '').replace(/\n\/\.$/, ''));
  return targets;
}

interface EntryFields {
  type: FileType;
  mode: number;
  size: string;
  time: string;
  target: string;
}

function entry(name: string, { type, mode, size, time, target }: EntryFields): FileEntry {
  const modifiedAt = new Date(Math.trunc(Number(time) * 1000) || 0).toISOString();
  return { name, type, size: Number(size) || 0, mode: mode.toString(8).padStart(4, '0'), modifiedAt, target: type === 'link' ? target : null };
}
