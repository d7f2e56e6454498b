export interface DiffLine {
  kind: 'added' | 'removed' | 'folded' | 'same';
  text: string;
  /** How many unchanged lines a folded one stands for. */
  folded: number;
}

/**
 * A unified diff line by line; what lies between its parts is one folded line. The two lines that name the files are
 * left out: the step says what it is about.
 */
export function diffLines(diff: string): DiffLine[] {
  const lines = diff.replace(/\n$/, '').split('\n');
  const first = lines.findIndex((line) => line.startsWith('@@'));
  const shown: DiffLine[] = [];
  let next = 1;
  for (const text of lines.slice(Math.max(0, first))) {
    const place = /^@@ -(\d+)(?:,(\d+))? /.exec(text);
    if (place !== null) {
      const begin = Number(place[1]);
      if (begin > next) shown.push({ kind: 'folded', text: '', folded: begin - next });
      next = begin + Number(place[2] ?? 1);
    } else if (!text.startsWith('\\')) shown.push({ kind: kindOf(text), text, folded: 0 });
  }
  return shown;
}

function kindOf(line: string): DiffLine['kind'] {
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}
