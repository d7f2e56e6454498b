import type { WrittenManifest } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tick } from '../../ui/field.tsx';
import { Part } from '../../ui/part.tsx';
import { SentenceList } from '../../ui/sentence-list.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { useWritten } from './use-written.ts';

/** As templates read them, in whatever language the page is. */
const examples: readonly string[] = [
  'a web app with 3 replicas from nginx:1.27 behind an ingress at shop.example.com',
  'a postgres:17 database with 10Gi storage and POSTGRES_PASSWORD=change-me',
  'a nightly backup job from registry.example.com/backup:2 running "backup --all"',
];

interface WordsFormProps {
  namespace: string;
  onText(text: string): void;
}

/** Manifests from one's own words: written beside the text, and changed by saying what should be otherwise. */
export function WordsForm({ namespace, onText }: WordsFormProps) {
  const words = useMessages().create.words;
  const mayAsk = useMay('ai:chat');
  const [said, setSaid] = useState<readonly string[]>([]);
  const [draft, setDraft] = useState('');
  const [model, setModel] = useState(false);
  const { mutate, data, error, isPending, stop } = useWritten(namespace, (written, wish) => {
    setSaid(wish.said);
    setDraft('');
    onText(written.text);
  });
  const next = draft.trim() === '' ? said : [...said, draft];
  const write = () => next.length > 0 && !isPending && mutate({ said: next, model });
  const startOver = () => {
    setDraft(said.join(' '));
    setSaid([]);
  };
  return (
    <form
      aria-label={words.title}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <h2 className="font-semibold">{words.title}</h2>
      {said.length > 0 && <Said said={said} onStartOver={startOver} />}
      <Description label={said.length === 0 ? words.describe : words.refine} value={draft} onChange={setDraft} onSend={write} />
      {said.length === 0 && draft === '' && <Examples onChoose={setDraft} />}
      {mayAsk && <Tick label={words.withModel} checked={model} onChange={({ target }) => setModel(target.checked)} />}
      <div className="flex flex-wrap items-center gap-3" aria-live="polite">
        {isPending ? (
          <>
            <StatusMark state="pending" text={model ? words.asking : words.writing} />
            <Button onClick={stop}>{words.stop}</Button>
          </>
        ) : (
          <Button type="submit" look="primary" disabled={next.length === 0}>
            {said.length === 0 ? words.write : words.change}
          </Button>
        )}
      </div>
      {error !== null && !isPending && <ErrorNotice what={words.notWritten} error={error} />}
      {data !== undefined && !isPending && error === null && <Written written={data} wantedModel={model} />}
    </form>
  );
}

function Said({ said, onStartOver }: { said: readonly string[]; onStartOver(): void }) {
  const words = useMessages().create.words;
  return (
    <Part title={words.said}>
      <ol className="flex list-decimal flex-col gap-1 pl-5">
        {said.map((each) => (
          <li key={each} className="break-words">
            {each}
          </li>
        ))}
      </ol>
      <Button look="quiet" className="mt-1 -ml-2" onClick={onStartOver}>
        {words.startOver}
      </Button>
    </Part>
  );
}

interface DescriptionProps {
  label: string;
  value: string;
  onChange(value: string): void;
  onSend(): void;
}

/** Enter writes; with Shift it begins a line. */
function Description({ label, value, onChange, onSend }: DescriptionProps) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSend();
  };
  return (
    <div>
      <label htmlFor={id} className="text-soft text-xs">
        {label}
      </label>
      <textarea
        id={id}
        rows={4}
        maxLength={2000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={onKeyDown}
        className="mt-1 w-full rounded border border-line bg-canvas px-2 py-1"
      />
    </div>
  );
}

function Examples({ onChoose }: { onChoose(example: string): void }) {
  const words = useMessages().create.words;
  return (
    <Part title={words.examplesTitle}>
      <ul className="flex flex-col gap-1">
        {examples.map((example) => (
          <li key={example}>
            <button type="button" className="min-h-6 rounded-sm text-left text-accent hover:underline" onClick={() => onChoose(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Who wrote it, what was assumed, what was mended, and what could not be tried. */
function Written({ written: { model, template, refused, parameters, repaired, unchecked }, wantedModel }: { written: WrittenManifest; wantedModel: boolean }) {
  const words = useMessages().create.words;
  const assumed = parameters.filter(({ said }) => !said);
  return (
    <section aria-label={words.result} className="flex flex-col gap-3 border-line border-t pt-3">
      <p className="text-soft">{model === null ? words.byTemplate(template ?? '') : words.byModel(model)}</p>
      {wantedModel && model === null && (
        <p className="break-words">
          {refused === null ? words.noModel : words.refused(refused)}{' '}
          <Link to="/ai/providers" search={{}} className="text-accent underline">
            {words.addModel}
          </Link>
        </p>
      )}
      <SentenceList title={words.assumed} sentences={assumed.map(({ name, value }) => (name === 'assumed' ? value : `${name}: ${value}`))} />
      <SentenceList title={words.repaired} sentences={repaired} />
      <SentenceList title={words.unchecked} sentences={unchecked} />
      <p className="text-soft">{words.previewNote}</p>
    </section>
  );
}
