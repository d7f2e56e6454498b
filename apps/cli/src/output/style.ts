import { styleText } from 'node:util';
import type { Severity } from '@quarterdeck/contract';

type Format = Parameters<typeof styleText>[0];

export type Paint = (format: Format, text: string) => string;

/** Colours where they are wanted, the bare text elsewhere. */
export function painter(colour: boolean): Paint {
  return (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
}

/** Severity is told by a mark and a word as well, never by colour alone. */
export const severityMarks: Record<Severity, { mark: string; format: Format }> = {
  critical: { mark: '✖', format: ['red', 'bold'] },
  high: { mark: '▲', format: 'red' },
  medium: { mark: '●', format: 'yellow' },
  low: { mark: '○', format: 'cyan' },
};
