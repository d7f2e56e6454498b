import type { Column } from '@quarterdeck/contract';
import { CircleHelp } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { PopoverButton } from '../../ui/popover-button.tsx';

/** What can be written into the filter, and which columns there are. */
export function FilterHelp({ columns }: { columns: readonly Column[] }) {
  const messages = useMessages().resources.filterHelp;
  return (
    <PopoverButton
      face={<CircleHelp />}
      look={buttonStyles.icon}
      label={messages.label}
      panel="max-h-[76vh] w-[26rem] max-w-[94vw] overflow-y-auto p-4"
      panelLabel={messages.label}
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        {messages.grammar.map(([form, meaning]) => (
          <div key={form} className="contents">
            <dt className="whitespace-nowrap font-mono text-code">{form}</dt>
            <dd className="text-soft">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-soft text-xs">
        {messages.columns} <span className="font-mono">{columns.map(({ id }) => id).join(', ')}</span>
      </p>
    </PopoverButton>
  );
}
