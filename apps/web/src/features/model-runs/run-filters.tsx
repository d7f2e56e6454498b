import { answerStates, runPurposes } from '@quarterdeck/contract';
import { type SubmitEvent, useState } from 'react';
import type { AiRunsSearch } from '../../app/search.ts';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { Field, Tick } from '../../ui/field.tsx';
import { PopupButton } from '../../ui/popup-button.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useMay } from '../session/session.tsx';

interface RunFiltersProps {
  search: AiRunsSearch;
  set(change: AiRunsSearch): void;
}

const prompts = ['troubleshoot', 'explain', 'create', 'optimise', 'plan', 'manifest'] as const;
const spans = ['1', '7', '30'] as const;

/** What narrows the runs down; all of it stands in the address. */
export function RunFilters({ search, set }: RunFiltersProps) {
  const messages = useMessages().modelRuns;
  const mayManage = useMay('ai:manage');
  return (
    <div className="flex flex-wrap items-center gap-2 px-3 py-2">
      <SearchBox label={messages.filter} value={search.q ?? ''} onChange={(q) => set({ q: q || undefined })} />
      <Pick
        label={messages.columns.state}
        any={messages.anyState}
        value={search.state}
        options={answerStates.map((state) => [state, messages.states[state]])}
        onPick={(state) => set({ state })}
      />
      <Pick
        label={messages.columns.what}
        any={messages.anyPurpose}
        value={search.purpose}
        options={runPurposes.map((purpose) => [purpose, messages.purposes[purpose]])}
        onPick={(purpose) => set({ purpose })}
      />
      <Pick
        label={messages.intent}
        any={messages.anyIntent}
        value={search.prompt}
        options={prompts.map((prompt) => [prompt, messages.intents[prompt]])}
        onPick={(prompt) => set({ prompt })}
      />
      <Pick
        label={messages.time}
        any={messages.anyTime}
        value={search.days}
        options={spans.map((days) => [days, messages.lastDays(Number(days))])}
        onPick={(days) => set({ days })}
      />
      <More search={search} set={set} mayManage={mayManage} />
      {mayManage && (
        <Tick
          label={messages.everybody}
          checked={search.everybody === 'true'}
          onChange={({ target }) => set({ everybody: target.checked ? 'true' : undefined })}
        />
      )}
    </div>
  );
}

interface PickProps {
  label: string;
  any: string;
  value: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
  onPick(value: string | undefined): void;
}

function Pick({ label, any, value = '', options, onPick }: PickProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => onPick(target.value || undefined)}
      className="h-7 max-w-44 rounded border border-line bg-surface px-1.5"
    >
      <option value="">{any}</option>
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  );
}

function More({ search, set, mayManage }: RunFiltersProps & { mayManage: boolean }) {
  const messages = useMessages().modelRuns;
  const [open, setOpen] = useState(false);
  const count = [search.model, search.tool, search.person].filter((each) => each !== undefined).length;
  const apply = (change: AiRunsSearch) => {
    set(change);
    setOpen(false);
  };
  return (
    <PopupButton
      open={open}
      onOpenChange={setOpen}
      panelLabel={messages.more(0)}
      panelClassName="w-72 p-3"
      panel={<MoreForm search={search} mayManage={mayManage} onApply={apply} />}
      className={buttonStyles.plain}
    >
      {messages.more(count)}
    </PopupButton>
  );
}

function MoreForm({ search, mayManage, onApply }: { search: AiRunsSearch; mayManage: boolean; onApply(change: AiRunsSearch): void }) {
  const messages = useMessages().modelRuns;
  const [draft, setDraft] = useState({ model: search.model ?? '', tool: search.tool ?? '', person: search.person ?? '' });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onApply({ model: draft.model.trim() || undefined, tool: draft.tool.trim() || undefined, person: draft.person.trim() || undefined });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field label={messages.columns.model} spellCheck={false} value={draft.model} onChange={({ target }) => setDraft({ ...draft, model: target.value })} />
      <Field
        label={messages.tool}
        note={messages.toolNote}
        spellCheck={false}
        value={draft.tool}
        onChange={({ target }) => setDraft({ ...draft, tool: target.value })}
      />
      {mayManage && (
        <Field
          label={messages.columns.person}
          spellCheck={false}
          value={draft.person}
          onChange={({ target }) => setDraft({ ...draft, person: target.value })}
        />
      )}
      <Button type="submit" look="primary" className="self-end">
        {messages.apply}
      </Button>
    </form>
  );
}
