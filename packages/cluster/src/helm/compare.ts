import { type ManifestChange, type ObjectRef, refKey, type TextDiff } from '@quarterdeck/contract';
import { structuredPatch } from 'diff';
import type { ManifestObject } from './manifest.ts';

/** Lines around a change. */
const context = 3;
/** Beyond so many edits two texts have nothing in common, and looking for the shortest way costs seconds. */
const maxEdits = 1_500;

/** What changed between two texts, line by line. */
export function compareTexts(before: string, after: string): TextDiff {
  if (before === after) return { added: 0, removed: 0, text: '' };
  const patch = structuredPatch('', '', ended(before), ended(after), undefined, undefined, { context, maxEditLength: maxEdits });
  if (patch === undefined) return replaced(before, after);
  const lines = patch.hunks.flatMap((hunk) => [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines]);
  return counted(lines);
}

/** The objects that two manifests don't have in common, in the order of the later one; removed ones last. */
export function compareManifests(before: readonly ManifestObject[], after: readonly ManifestObject[]): { changes: ManifestChange[]; unchanged: number } {
  const old = new Map(before.map((entry) => [refKey(entry.object), entry]));
  const changes: ManifestChange[] = [];
  let unchanged = 0;
  for (const { object, text } of after) {
    const former = old.get(refKey(object));
    old.delete(refKey(object));
    const diff = compareTexts(former?.text ?? '', text);
    if (former !== undefined && diff.text === '') unchanged += 1;
    else changes.push(change(object, former === undefined ? 'added' : 'changed', diff));
  }
  const removed = [...old.values()].map(({ object, text }) => change(object, 'removed', compareTexts(text, '')));
  return { changes: [...changes, ...removed], unchanged };
}

function change(object: ObjectRef, kind: ManifestChange['change'], diff: TextDiff): ManifestChange {
  return { object, change: kind, diff };
}

function replaced(before: string, after: string): TextDiff {
  return counted([...linesOf(before).map((line) => `-${line}`), ...linesOf(after).map((line) => `+${line}`)]);
}

function counted(lines: readonly string[]): TextDiff {
  const starting = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return { added: starting('+'), removed: starting('-'), text: lines.length === 0 ? '' : `${lines.join('\n')}\n` };
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Whether the last line ends with a line break says nothing in YAML. */
function ended(text: string): string {
  return text === '' ? '' : `${text.trimEnd()}\n`;
}
