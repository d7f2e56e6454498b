import { getRouteApi } from '@tanstack/react-router';
import { Bookmark, Link2, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { stringifySearch } from '../../app/search.ts';
import { useMessages } from '../../messages/language.ts';
import { useBrowserRecord } from '../../storage/browser-record.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { notify } from '../../ui/notify.ts';
import { PopoverButton } from '../../ui/popover-button.tsx';
import { keptViews, type SavedView } from './kept-lists.ts';

const route = getRouteApi('/cluster/resources/$kind');
const noViews: readonly SavedView[] = [];

/** Lists of this kind as somebody wants to see them again: filter, order, columns, namespaces, under a name. */
export function SavedViews({ slug, ids }: { slug: string; ids: readonly string[] | undefined }) {
  const messages = useMessages().resources.views;
  const [open, setOpen] = useState(false);
  return (
    <PopoverButton
      face={<Bookmark />}
      look={buttonStyles.icon}
      label={messages.choose}
      align="end"
      panel="flex max-h-[min(70vh,28rem)] w-80 max-w-[94vw] flex-col"
      panelLabel={messages.label}
      open={open}
      onOpenChange={setOpen}
    >
      <ViewList slug={slug} ids={ids} onDone={() => setOpen(false)} />
    </PopoverButton>
  );
}

interface ViewListProps {
  slug: string;
  /** The columns that somebody chose. */
  ids: readonly string[] | undefined;
  onDone(): void;
}

function ViewList({ slug, ids, onDone }: ViewListProps) {
  const messages = useMessages().resources.views;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const views = useBrowserRecord(keptViews, slug) ?? noViews;
  const [renamed, setRenamed] = useState<string | null>(null);
  const keep = (next: readonly SavedView[]) => keptViews.set(slug, next.length === 0 ? undefined : next.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  const save = (name: string) => {
    const before = views.find((view) => view.name === renamed);
    const { q, sort, ns } = search;
    const view: SavedView = before === undefined ? given({ name, q, sort, ns, cols: ids?.join(',') }) : { ...before, name };
    keep([...views.filter((each) => each.name !== name && each !== before), view]);
    setRenamed(null);
  };
  const remove = (view: SavedView) => {
    keep(views.filter((each) => each !== view));
    notify({ text: messages.removed(view.name), action: { label: messages.undo, run: () => keptViews.set(slug, [...(keptViews.get(slug) ?? []), view]) } });
  };
  const copyLink = ({ name: _name, ...parts }: SavedView) => {
    const address = `${window.location.origin}${window.location.pathname}${stringifySearch({ cluster: search.cluster, ...parts })}`;
    navigator.clipboard.writeText(address).then(
      () => notify({ text: messages.linkCopied }),
      (thrown) => console.warn('The clipboard refused the link.', thrown),
    );
  };
  const open = ({ name: _name, ...parts }: SavedView) => {
    void navigate({ search: (before) => ({ ...before, q: undefined, sort: undefined, cols: undefined, ns: undefined, ...parts }) });
    onDone();
  };
  return (
    <>
      <ul className="min-h-0 overflow-y-auto p-1">
        {views.length === 0 && <li className="px-2 py-2 text-soft">{messages.none}</li>}
        {views.map((view) => (
          <li key={view.name} className="flex items-center gap-0.5 rounded-[4px] hover:bg-hover">
            <button type="button" aria-label={messages.open(view.name)} onClick={() => open(view)} className="min-w-0 grow px-2 py-1 text-left">
              <span className="block truncate">{view.name}</span>
              <span className="block truncate text-soft text-xs">{[view.q, view.sort, view.ns].filter((part) => part !== undefined).join(' · ')}</span>
            </button>
            <Tool label={messages.copyLink(view.name)} icon={<Link2 />} onClick={() => copyLink(view)} />
            <Tool label={messages.rename(view.name)} icon={<Pencil />} onClick={() => setRenamed(view.name)} />
            <Tool label={messages.remove(view.name)} icon={<Trash2 />} onClick={() => remove(view)} />
          </li>
        ))}
      </ul>
      <NameForm key={renamed} name={renamed} taken={views.map(({ name }) => name)} onSave={save} />
    </>
  );
}

/** Drops what has no value: only what is set is kept. */
function given(view: { [Key in keyof SavedView]: SavedView[Key] | undefined } & { name: string }): SavedView {
  const { name, q, sort, cols, ns } = view;
  return {
    name,
    ...(q === undefined ? {} : { q }),
    ...(sort === undefined ? {} : { sort }),
    ...(cols === undefined ? {} : { cols }),
    ...(ns === undefined ? {} : { ns }),
  };
}

/** Names the view of now; with `name`, gives that view another one. */
function NameForm({ name, taken, onSave }: { name: string | null; taken: readonly string[]; onSave(name: string): void }) {
  const messages = useMessages().resources.views;
  const [draft, setDraft] = useState(name ?? '');
  const wanted = draft.trim();
  return (
    <form
      className="shrink-0 border-t px-3 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '') return;
        onSave(wanted);
        setDraft('');
      }}
    >
      <div className="flex gap-2">
        <input
          aria-label={messages.name}
          placeholder={messages.name}
          value={draft}
          maxLength={80}
          onChange={(event) => setDraft(event.target.value)}
          className="h-7 min-w-0 grow rounded border border-line bg-surface px-2 placeholder:text-soft"
        />
        <Button type="submit" disabled={wanted === ''}>
          {name === null ? messages.save : messages.change}
        </Button>
      </div>
      {wanted !== name && taken.includes(wanted) && <p className="mt-1 text-soft text-xs">{messages.taken}</p>}
    </form>
  );
}

function Tool({ label, icon, onClick }: { label: string; icon: ReactNode; onClick(): void }) {
  return (
    <Button look="icon" aria-label={label} title={label} onClick={onClick}>
      {icon}
    </Button>
  );
}
