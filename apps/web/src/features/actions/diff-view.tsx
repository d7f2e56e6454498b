import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type DiffLine, diffLines } from './diff-lines.ts';

const looks: Record<DiffLine['kind'], string> = {
  added: 'text-healthy',
  removed: 'text-critical',
  folded: 'text-soft',
  same: '',
};

/** A unified diff; the signs at the beginning of the lines say what the colours say. */
export function DiffView({ diff, label }: { diff: string; label: string }) {
  const lines = useMemo(() => diffLines(diff), [diff]);
  const { foldedLines } = useMessages().actions;
  return (
    <div className="flex items-start gap-1 rounded border border-line bg-sunken py-0.5 pr-0.5 pl-3">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <pre tabIndex={0} className="max-h-[45vh] min-w-0 grow overflow-auto whitespace-pre-wrap break-words py-1 font-mono text-code">
        {lines.map(({ kind, text, folded }, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
          <div key={number} className={`min-h-[1.125rem] ${looks[kind]}`} title={kind === 'folded' ? foldedLines(folded) : undefined}>
            {kind === 'folded' ? `⋯ ${folded}` : text}
          </div>
        ))}
      </pre>
      <CopyButton text={diff} label={label} />
    </div>
  );
}
