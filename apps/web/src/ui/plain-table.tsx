import type { ReactNode } from 'react';

interface PlainTableProps {
  /** What the rows are. */
  label: string;
  /** A column of buttons has no name: ''. */
  head: readonly string[];
  /** From which column on all are numbers, which align right; left out, none are. */
  numbersFrom?: number;
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A few rows to read; what can be long stands in the last column and wraps. */
export function PlainTable({ label, head, rows, numbersFrom = head.length }: PlainTableProps) {
  const look = (index: number) => {
    if (index >= numbersFrom) return 'whitespace-nowrap text-right';
    return index === head.length - 1 ? 'min-w-40 break-words' : 'max-w-72';
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full text-left">
        <thead className="text-soft text-xs">
          <tr>
            {head.map((name, index) =>
              name === '' ? (
                <td key={name} />
              ) : (
                <th key={name} scope="col" className={`whitespace-nowrap py-1 pr-4 font-normal ${index >= numbersFrom ? 'text-right' : ''}`}>
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line/60 border-line/60 border-t align-top">
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={head[index]} className={`py-1.5 pr-4 ${look(index)}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
