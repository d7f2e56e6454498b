import { Popover } from '@base-ui/react/popover';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { buttonStyles, TextButton } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { scopeLabel, useNamespaceScope } from './use-namespace-scope.ts';

/** Which namespaces the lists show. Several can be chosen; none chosen means all. */
export function NamespacePicker() {
  const { namespaces } = useNamespaceScope();
  const { refresh } = useNamespaceNames();
  return (
    <Popover.Root onOpenChange={(open) => open && refresh()}>
      <Popover.Trigger className={`${buttonStyles.quiet} min-w-0 shrink`}>
        {namespaces.length > 0 && <span className="sr-only">Namespaces</span>}
        <span className="max-w-40 truncate">{scopeLabel(namespaces)}</span>
        <ChevronDown className="text-soft" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-50">
          <Popover.Popup className={`${floating.popup} flex max-h-[min(70vh,28rem)] w-72 max-w-[94vw] flex-col`} aria-label="Namespaces">
            <NamespaceList />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function NamespaceList() {
  const { names, error } = useNamespaceNames();
  const { namespaces, setNamespaces } = useNamespaceScope();
  const [query, setQuery] = useState('');
  const chosen = new Set(namespaces);
  const known = [...new Set([...namespaces, ...names])].toSorted();
  const shown = known.filter((name) => name.includes(query.trim()));
  const toggle = (name: string) => setNamespaces(chosen.has(name) ? namespaces.filter((other) => other !== name) : [...namespaces, name]);
  return (
    <>
      <input
        aria-label="Find a namespace"
        placeholder="Find a namespace"
        value={query}
        spellCheck={false}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          const [only] = shown;
          if (event.key === 'Enter' && only !== undefined) toggle(only);
        }}
        className="h-9 shrink-0 border-b bg-transparent px-3 outline-none placeholder:text-soft"
      />
      <div className="min-h-0 overflow-y-auto p-1">
        {shown.map((name) => (
          <label key={name} className="flex h-7 items-center gap-2 rounded-[4px] px-2 hover:bg-hover">
            <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} className="size-3.5 shrink-0 accent-accent-fill" />
            <span className="truncate">{name}</span>
          </label>
        ))}
        {shown.length === 0 && <p className="px-2 py-3 text-soft">{error === null ? `No namespace matches “${query}”.` : error.message}</p>}
      </div>
      {namespaces.length > 0 && (
        <div className="shrink-0 border-t px-3 py-2">
          <TextButton onClick={() => setNamespaces([])}>Show all namespaces</TextButton>
        </div>
      )}
    </>
  );
}
