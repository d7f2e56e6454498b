import type { ObjectRef } from '@quarterdeck/contract';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useCallback, useRef, useState } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { type Messages, useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import type { EditorHandle } from '../editor/code/code-editor.tsx';
import type { FieldDocumentation } from '../editor/code/field-documentation.ts';
import { EditorFoot } from '../editor/edit/editor-foot.tsx';
import { TextSkeleton } from '../editor/edit/text-skeleton.tsx';
import { useLeaveWarning } from '../editor/edit/use-leave-warning.ts';
import { useSchemaSource } from '../editor/edit/use-schema-source.ts';
import { CodeEditor } from '../editor/lazy-code.ts';
import type { Mark } from '../editor/schema/check-document.ts';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { kindName, objectKey } from '../objects/object-key.ts';
import { CheckResults } from './check-results.tsx';
import { draftOf, mainOf } from './draft-of.ts';
import { OpensWhenThere } from './opens-when-there.tsx';
import { type Check, mostText, useCheck } from './use-check.ts';

interface CreateTextProps {
  text: string;
  onText(text: string): void;
  namespace: string;
  writable: boolean;
}

/** The text, what would come of it, and the way to its preview. */
export function CreateText({ text, onText, namespace, writable }: CreateTextProps) {
  const words = useMessages().create;
  const schemas = useSchemaSource();
  const { preview } = useObjectActions();
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const [field, setField] = useState<FieldDocumentation | null>(null);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [awaited, setAwaited] = useState<ObjectRef | null>(null);
  const handle = useRef<EditorHandle | null>(null);
  const tools = useRef<HTMLDivElement>(null);
  const mustMend = text.trim() !== '' && marks.some(({ severity }) => severity === 'error');
  const check = useCheck(text, namespace, writable && !mustMend);
  const draft = check.current && check.result !== null ? draftOf(check.result, taken, words) : null;
  const onPreview = () => {
    if (draft === null || check.result === null) return;
    setAwaited(mainOf(check.result));
    preview(draft);
  };
  useCommands([
    { id: 'create-preview', label: words.button, group: 'here', keywords: ['apply', 'save'], shortcuts: ['Mod+s'], when: () => draft !== null, run: onPreview },
  ]);
  useLeaveWarning(text.trim() !== '' && awaited === null);
  const onTake = (key: string) => setTaken((before) => new Set(before.has(key) ? [...before].filter((other) => other !== key) : [...before, key]));
  return (
    <div className="flex min-h-[36rem] min-w-0 grow flex-col lg:min-h-0 lg:flex-row">
      <div className="flex min-h-72 min-w-0 grow basis-0 flex-col bg-surface">
        <div className="min-h-0 grow">
          <Suspense fallback={<TextSkeleton />}>
            <CodeEditor
              value={text}
              onChange={onText}
              label={words.text}
              schemas={schemas}
              onMarks={setMarks}
              onField={setField}
              onReady={(ready) => {
                handle.current = ready;
              }}
              onLeave={() => tools.current?.focus()}
            />
          </Suspense>
        </div>
        <EditorFoot text={text} marks={marks} field={field} onShow={(position) => handle.current?.show(position)} />
      </div>
      <div
        ref={tools}
        tabIndex={-1}
        className="flex min-w-0 shrink-0 flex-col gap-3 border-t p-4 outline-none lg:w-96 lg:overflow-y-auto lg:border-t-0 lg:border-l"
      >
        <Button look="primary" className="self-start" disabled={draft === null} onClick={onPreview}>
          {draft === null ? waiting(text, check, mustMend, words) : words.preview(draft.steps?.length ?? 0)}
        </Button>
        {text.length > mostText && <p className="text-critical">{words.tooBig}</p>}
        {writable && text.trim() !== '' && <CheckResults check={check} mustMend={mustMend} taken={taken} onTake={onTake} />}
      </div>
      {awaited !== null && <Awaited key={objectKey(awaited)} object={awaited} onDone={() => setAwaited(null)} onOpened={check.retry} />}
    </div>
  );
}

/** Why there is nothing to preview yet. */
function waiting(text: string, { result, current, error }: Check, mustMend: boolean, words: Messages['create']): string {
  if (text.trim() === '' || error !== null || mustMend) return words.nothing;
  if (!current || result === null) return words.checking;
  if (result.documents.some(({ outcome }) => outcome === 'refused')) return words.blocked;
  return result.documents.some(({ conflicts }) => conflicts.length > 0) ? words.undecided : words.nothing;
}

/** Opens what was made as soon as it is there, whether one watches how or not. */
function Awaited({ object, onDone, onOpened }: { object: ObjectRef; onDone(): void; onOpened(): void }) {
  const navigate = useNavigate();
  const { namespace, name } = object;
  const latest = useRef({ onDone, onOpened });
  latest.current = { onDone, onOpened };
  const onThere = useCallback(() => {
    latest.current.onOpened();
    latest.current.onDone();
    void navigate({ to: '.', search: (before) => ({ ...before, open: objectKey(object), section: undefined }) });
  }, [navigate, object]);
  const [address] = useState({ kind: kindName(object), namespace, name });
  return <OpensWhenThere address={address} onThere={onThere} />;
}
