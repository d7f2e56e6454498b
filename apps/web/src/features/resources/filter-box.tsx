import type { Column } from '@quarterdeck/contract';
import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { always } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { type Place, placeAt, showsFaultsOnly, suggestionsFor, valuesWanted, withFaultsOnly } from './complete-filter.ts';
import { FilterHelp } from './filter-help.tsx';
import type { AskedList } from './read-rows.ts';
import { useCellValues } from './use-cell-values.ts';

interface FilterBoxProps {
  title: string;
  filter: string;
  columns: readonly Column[];
  list: AskedList;
  onFilter(filter: string): void;
}

/** The filter of a list: columns, values and labels are offered while one types, its grammar on request, faults alone with one key. */
export function FilterBox({ title, filter, columns, list, onFilter }: FilterBoxProps) {
  const messages = useMessages().resources;
  const [place, setPlace] = useState<Place | null>(null);
  const wanted = place === null ? null : valuesWanted(place, columns);
  const values = useCellValues(list, wanted, place?.typed ?? '');
  const suggestions = useMemo(() => (place === null ? [] : suggestionsFor(place, columns, values, messages.filterWords)), [place, columns, values, messages]);
  return (
    <>
      <SearchBox
        label={messages.filter(title)}
        value={filter}
        onChange={onFilter}
        onTyping={(draft, caret) => setPlace(placeAt(draft, caret))}
        suggestions={suggestions}
      />
      <div className="-ml-2 flex">
        <FaultsOnly filter={filter} onFilter={onFilter} />
        <FilterHelp columns={columns} />
      </div>
    </>
  );
}

function FaultsOnly({ filter, onFilter }: Pick<FilterBoxProps, 'filter' | 'onFilter'>) {
  const messages = useMessages().resources;
  const only = showsFaultsOnly(filter);
  const toggle = () => onFilter(withFaultsOnly(filter, !only));
  useCommands([
    { id: 'faults-only', label: messages.faultsOnly, group: 'here', keywords: ['problems', 'broken'], shortcuts: ['!'], when: always, run: toggle },
  ]);
  return (
    <Button
      look="icon"
      aria-pressed={only}
      aria-label={messages.faultsOnly}
      title={`${messages.faultsOnly} (!)`}
      onClick={toggle}
      className={only ? 'bg-selected text-ink' : ''}
    >
      <TriangleAlert />
    </Button>
  );
}
