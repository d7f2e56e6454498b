import { type HelmDiff, refLabel } from '@quarterdeck/contract';
import { printable } from '../output/printable.ts';
import { type Paint, painter } from '../output/style.ts';

/** A comparison for people: values first, then object by object. */
export function diffText({ from, to, values, manifest, unchanged }: HelmDiff, colour: boolean): string {
  const paint = painter(colour);
  const blocks = [
    ...(values.text === '' ? [] : [block('Values', values.text, paint)]),
    ...manifest.map(({ object, change, diff }) => block(`${refLabel(object)}: ${change}`, diff.text, paint)),
  ];
  const same = `${unchanged} ${unchanged === 1 ? 'object is' : 'objects are'} the same.`;
  const heading = blocks.length === 0 ? `Nothing differs between ${from} and ${to}.` : `From ${from} to ${to}:`;
  return `${[heading, ...blocks, same].join('\n\n')}\n`;
}

function block(title: string, text: string, paint: Paint): string {
  const lines = text.trimEnd().split('\n').map(printable);
  return [paint('bold', printable(title)), ...lines.map((line) => painted(line, paint))].join('\n');
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('cyan', line) : line;
}
