import { logSeverity } from '@quarterdeck/contract';
import type { CutText } from './cut.ts';

/** A run of lines that are kept or left out together: an error with its stack trace, or one line, which may stand for many equal ones. */
interface Block {
  text: string;
  lines: number;
  isError: boolean;
}

const stackLine = /^(?:\s+\S|Caused by:|Traceback |goroutine \d|\.{3} \d+ more|\w[\w.]*(?:Error|Exception)\b|panic\(|\s*at |created by )/;
const longestLine = 1_000;

/**
 * What tells of a log: the last error with its stack trace, the last lines, the errors before, and the first line. Equal
 * lines that follow each other are one. In the order they were written; a line says how many are missing in between.
 */
export function cutLog(text: string, room: number): CutText {
  const blocks = blocksOf(text.split('\n').filter((line) => line.trim() !== '')).map((block) => shortened(block, room * 0.6));
  const total = blocks.reduce((sum, { lines }) => sum + lines, 0);
  const kept = new Set<Block>();
  let used = 2 * gapLength;
  for (const block of byWeight(blocks)) {
    const size = block.text.length + gapLength;
    if (kept.has(block) || used + size > room) continue;
    used += size;
    kept.add(block);
  }
  const shown = blocks.filter((block) => kept.has(block));
  const left = total - shown.reduce((sum, { lines }) => sum + lines, 0);
  return { text: shown.length === 0 ? '' : withGaps(blocks, kept), left: left === 0 ? null : `${left} of ${total} lines` };
}

const gapLength = '… 00000 lines …\n'.length;

/** The most telling first. */
function byWeight(blocks: readonly Block[]): Block[] {
  const errors = blocks.filter(({ isError }) => isError).reverse();
  const tail = blocks.slice(-5).reverse();
  const rest = blocks.slice(0, -5).reverse();
  return [...errors.slice(0, 1), ...tail, ...errors.slice(1, 4), ...blocks.slice(0, 1), ...errors.slice(4), ...rest];
}

/** Of a long stack trace what names the error: its first and last line, and what caused it. */
function shortened(block: Block, room: number): Block {
  if (block.text.length <= room) return block;
  const lines = block.text.split('\n');
  const telling = lines.filter((line, index) => index === 0 || index === lines.length - 1 || line.trimStart().startsWith('Caused by'));
  let used = 0;
  const kept = [...telling, ...lines.filter((line) => !telling.includes(line))].filter((line) => {
    used += line.length + 3;
    return used <= room;
  });
  const shown = lines.filter((line) => kept.includes(line));
  return { ...block, text: shown.length === 0 ? (lines[0] ?? '').slice(0, Math.max(0, Math.floor(room))) : `${shown.join('\n')}\n…` };
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let last: { block: Block; form: string } | null = null;
  for (const raw of lines) {
    const line = raw.length > longestLine ? `${raw.slice(0, longestLine)}…` : raw;
    const form = withoutNumbers(line);
    if (last?.block.isError === true && stackLine.test(withoutTime(line)) && last.block.lines < 60) {
      last.block.text += `\n${line}`;
      last.block.lines += 1;
      continue;
    }
    if (last !== null && last.form === form && last.block.lines < 100_000) {
      last.block.lines += 1;
      last.block.text = `${line} (and ${last.block.lines - 1} like it before)`;
      continue;
    }
    const block: Block = { text: line, lines: 1, isError: isError(line) };
    blocks.push(block);
    last = { block, form };
  }
  return blocks;
}

function isError(line: string): boolean {
  const severity = logSeverity(line);
  return severity === 'error' || severity === 'fatal' || /\b(?:panic|Traceback|Exception|FATAL)\b/.test(line);
}

function withoutNumbers(line: string): string {
  return withoutTime(line).replace(/[\da-f]*\d[\da-f]*/gi, '#');
}

function withoutTime(line: string): string {
  return line.replace(/^\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)? ?/, '');
}

function withGaps(blocks: readonly Block[], kept: ReadonlySet<Block>): string {
  const parts: string[] = [];
  let missing = 0;
  const gap = () => {
    if (missing > 0) parts.push(`… ${missing} lines …`);
    missing = 0;
  };
  for (const block of blocks) {
    if (!kept.has(block)) missing += block.lines;
    else {
      gap();
      parts.push(block.text);
    }
  }
  gap();
  return parts.join('\n');
}
