import type { NamespaceEntry } from '@quarterdeck/contract';
import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles, TextButton } from '../../ui/button.tsx';
import { PopupButton } from '../../ui/popup-button.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { useNamespaceScope, useScopeLabel } from './use-namespace-scope.ts';
import { useRememberNamespaces } from './use-remember-namespaces.ts';

/** Which namespaces the lists show. Several can be chosen; none chosen means all, or those that are known. `w` opens it where it is on screen. */
export function NamespacePicker() {
  const messages = useMessages().namespaces;
  const { namespaces } = useNamespaceScope();
  const scopeLabel = useScopeLabel();
  const { known, refresh } = useNamespaceNames();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const show = (next: boolean) => {
    if (next) void refresh();
    setOpen(next);
  };
  useCommands([
    {
      id: 'choose-namespaces',
      label: messages.choose,
      group: 'here',
      keywords: ['namespace', 'ns'],
      shortcuts: ['w'],
      // A narrow page has it in its navigation.
      when: () => trigger.current?.checkVisibility() === true,
      run: () => show(true),
    },
  ]);
  const none = known.complete ? scopeLabel([]) : messages.known;
  return (
    <PopupButton
      ref={trigger}
      open={open}
      onOpenChange={show}
      panelLabel={messages.label}
      panelClassName="flex max-h-[min(70vh,28rem)] w-80 max-w-[94vw] flex-col"
      panel={<NamespaceList />}
      className={`${buttonStyles.quiet} min-w-0 shrink`}
    >
      {namespaces.length > 0 && <span className="sr-only">{messages.label}</span>}
      <span className="max-w-40 truncate">{namespaces.length === 0 ? none : scopeLabel(namespaces)}</span>
      <ChevronDown className="text-soft" />
    </PopupButton>
  );
}

function NamespaceList() {
  const messages = useMessages().namespaces;
  const { known, error } = useNamespaceNames();
  const { namespaces, setNamespaces } = useNamespaceScope();
  const { remember, forget, failure } = useRememberNamespaces();
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const shown = entriesOf(known.namespaces, namespaces).filter(({ name }) => name.includes(typed));
  const toggle = (name: string) => setNamespaces(namespaces.includes(name) ? namespaces.filter((other) => other !== name) : [...namespaces, name]);
  const add = () => {
    remember(typed);
    setQuery('');
  };
  const canAdd = !known.complete && typed !== '' && !known.namespaces.some(({ name }) => name === typed);
  return (
    <>
      <input
        aria-label={messages.find}
        placeholder={known.complete ? messages.find : messages.findOrName}
        value={query}
        spellCheck={false}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          const [first] = shown;
          if (first !== undefined) toggle(first.name);
          else if (canAdd) add();
        }}
        className="h-9 shrink-0 border-b bg-transparent px-3 outline-none placeholder:text-soft"
      />
      <div className="min-h-0 overflow-y-auto p-1">
        {shown.map((entry) => (
          <NamespaceItem key={entry.name} entry={entry} chosen={namespaces.includes(entry.name)} onToggle={() => toggle(entry.name)} onForget={forget} />
        ))}
        {canAdd && (
          <p className="px-2 py-1.5">
            <TextButton onClick={add}>{messages.lookInto(typed)}</TextButton>
          </p>
        )}
        {shown.length === 0 && !canAdd && <p className="px-2 py-3 text-soft">{error === null ? messages.noMatch(query) : error.message}</p>}
      </div>
      {failure !== null && <p className="shrink-0 border-t px-3 py-2 text-critical">{failure.message}</p>}
      {!known.complete && (
        <p className="shrink-0 border-t px-3 py-2 text-soft text-xs">
          {known.reason} {messages.others}
        </p>
      )}
      {namespaces.length > 0 && (
        <div className="shrink-0 border-t px-3 py-2">
          <TextButton onClick={() => setNamespaces([])}>{known.complete ? messages.showAll : messages.showKnown}</TextButton>
        </div>
      )}
    </>
  );
}

/** What the URL names is shown as well, known or not. */
function entriesOf(known: readonly NamespaceEntry[], chosen: readonly string[]): NamespaceEntry[] {
  const missing = chosen.filter((name) => !known.some((entry) => entry.name === name)).map((name): NamespaceEntry => ({ name, from: [], usable: true }));
  return [...known, ...missing].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

interface NamespaceItemProps {
  entry: NamespaceEntry;
  chosen: boolean;
  onToggle(): void;
  onForget(name: string): void;
}

function NamespaceItem({ entry, chosen, onToggle, onForget }: NamespaceItemProps) {
  const messages = useMessages().namespaces;
  const { name, from, usable } = entry;
  const origins = { list: '', projects: '', context: messages.ofContext, rules: messages.ofRules, typed: messages.typed };
  const notes = [usable ? '' : messages.nothingListed, ...from.map((origin) => origins[origin])].filter((note) => note !== '');
  return (
    <div className="flex h-7 items-center gap-2 rounded-[4px] px-2 hover:bg-hover">
      <label className="flex min-w-0 grow items-center gap-2">
        <input type="checkbox" checked={chosen} onChange={onToggle} className="size-3.5 shrink-0 accent-accent-fill" />
        <span className={`truncate ${usable ? '' : 'text-soft'}`}>{name}</span>
      </label>
      {notes.length > 0 && <span className="shrink-0 text-soft text-xs">{notes.join(', ')}</span>}
      {from.includes('typed') && (
        <TextButton className="shrink-0 text-xs" aria-label={messages.forgetName(name)} onClick={() => onForget(name)}>
          {messages.forget}
        </TextButton>
      )}
    </div>
  );
}
