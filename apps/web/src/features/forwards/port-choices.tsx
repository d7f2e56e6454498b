import { Plus } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { type PortDraft, problemOf } from './chosen-ports.ts';

interface PortChoicesProps {
  drafts: readonly PortDraft[];
  onChange(drafts: PortDraft[]): void;
}

const inputStyle = 'h-7 w-24 rounded border border-line bg-surface px-2 font-mono text-code disabled:opacity-55 aria-invalid:border-critical';

/** Which ports are forwarded, and to which ones of this machine. */
export function PortChoices({ drafts, onChange }: PortChoicesProps) {
  const messages = useMessages().forwards;
  const set = (index: number, change: Partial<PortDraft>) => onChange(drafts.map((draft, at) => (at === index ? { ...draft, ...change } : draft)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-soft text-xs">{messages.ports}</legend>
      {drafts.length === 0 && <p className="text-soft">{messages.noPorts}</p>}
      {drafts.map((draft, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are added at the end and never taken away.
        <PortRow key={index} draft={draft} onChange={(change) => set(index, change)} />
      ))}
      <Button look="quiet" className="self-start" onClick={() => onChange([...drafts, { remote: '', local: '', chosen: true, offer: null }])}>
        <Plus aria-hidden="true" />
        {messages.otherPort}
      </Button>
    </fieldset>
  );
}

function PortRow({ draft, onChange }: { draft: PortDraft; onChange(change: Partial<PortDraft>): void }) {
  const messages = useMessages().forwards;
  const { remote, local, chosen, offer } = draft;
  const problem = problemOf(draft);
  const label = offer === null ? remote : [offer.name, offer.container].filter((part) => part !== null).join(' · ');
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label className="flex min-w-0 grow basis-40 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent-fill"
          checked={chosen}
          disabled={offer?.tcp === false}
          aria-label={messages.forwardPort(remote)}
          onChange={(event) => onChange({ chosen: event.target.checked })}
        />
        {offer === null ? (
          <input
            aria-label={messages.remotePort}
            aria-invalid={problem === 'remote' && remote !== ''}
            value={remote}
            placeholder="8080"
            spellCheck={false}
            className={inputStyle}
            onChange={(event) => onChange({ remote: event.target.value.trim() })}
          />
        ) : (
          <>
            <span className="font-mono text-code">{remote}</span>
            <span className="truncate text-soft">{offer.tcp ? label : `${label} · ${messages.onlyTcp}`}</span>
          </>
        )}
      </label>
      <span aria-hidden="true" className="text-soft">
        ←
      </span>
      <input
        aria-label={messages.localPortOf(remote)}
        aria-invalid={problem === 'local'}
        value={local}
        placeholder={messages.anyFree}
        inputMode="numeric"
        disabled={!chosen}
        className={inputStyle}
        onChange={(event) => onChange({ local: event.target.value.trim() })}
      />
      {problem !== null && (problem === 'local' || remote !== '') && <span className="basis-full text-critical text-xs">{messages.portProblems[problem]}</span>}
    </div>
  );
}
