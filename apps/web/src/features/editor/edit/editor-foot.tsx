import { Popover } from '@base-ui/react/popover';
import { Keyboard } from 'lucide-react';
import { isMac } from '../../../commands/command-center.tsx';
import { printKeys } from '../../../commands/match-keys.ts';
import { useMessages } from '../../../messages/language.ts';
import { buttonStyles } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { PopoverButton } from '../../../ui/popover-button.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { FieldDocumentation } from '../code/field-documentation.ts';
import type { Mark } from '../schema/check-document.ts';

interface EditorFootProps {
  text: string;
  marks: readonly Mark[];
  field: FieldDocumentation | null;
  onShow(position: number): void;
}

/** What the field under the cursor means, and what is wrong with the text: also for who can't see the marks. */
export function EditorFoot({ text, marks, field, onShow }: EditorFootProps) {
  const words = useMessages().editor;
  return (
    <div className="flex shrink-0 flex-col border-t">
      {marks.length > 0 && <Problems text={text} marks={marks} onShow={onShow} />}
      <div className="flex min-h-9 items-center gap-2 py-1 pr-2 pl-4">
        <p className="line-clamp-2 min-w-0 grow text-soft text-xs" title={field?.description}>
          {field === null ? words.fieldHelp : <FieldLine field={field} />}
        </p>
        <EditorKeys />
      </div>
    </div>
  );
}

function FieldLine({ field: { path, type, required, standard, values, description } }: { field: FieldDocumentation }) {
  const words = useMessages().editor;
  const facts = [type, ...(required ? [words.required] : []), ...(standard === null ? [] : [words.standard(standard)])].join(' · ');
  return (
    <>
      <span className="font-mono text-ink">{path}</span> {facts}. {description} {values.length > 0 && words.oneOf(values.join(', '))}
    </>
  );
}

function Problems({ text, marks, onShow }: Omit<EditorFootProps, 'field'>) {
  const words = useMessages().editor;
  return (
    <details className="border-b px-4 py-1.5">
      <summary className="cursor-pointer" aria-live="polite">
        <StatusMark state={marks.some(({ severity }) => severity === 'error') ? 'critical' : 'medium'} text={words.problems(marks.length)} />
      </summary>
      <ul className="mt-1 max-h-40 overflow-y-auto">
        {marks.map(({ from, to, message }) => (
          <li key={`${from} ${to} ${message}`}>
            <button type="button" className="flex min-h-6 w-full items-baseline gap-2 rounded-sm text-left hover:bg-hover" onClick={() => onShow(from)}>
              <span className="shrink-0 text-soft text-xs">{words.line(lineAt(text, from))}</span>
              <span className="min-w-0 break-words">{message}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function EditorKeys() {
  const { keys } = useMessages().editor;
  const rows: readonly (readonly [string, string])[] = [
    [keys.save, 'Mod+s'],
    [keys.complete, 'Ctrl Space'],
    [keys.search, 'Mod+f'],
    [keys.fold, isMac ? '⌥⌘[ ⌥⌘]' : 'Ctrl⇧[ Ctrl⇧]'],
    [keys.indent, 'Tab'],
    [keys.undo, isMac ? '⌘Z ⇧⌘Z' : 'CtrlZ CtrlY'],
    [keys.problem, 'F8'],
    [keys.leave, 'Escape'],
  ];
  return (
    <PopoverButton face={<Keyboard />} look={buttonStyles.icon} label={keys.title} side="top" align="end" panel="w-72 p-3">
      <Popover.Title className="pb-1 text-soft text-xs">{keys.title}</Popover.Title>
      <dl>
        {rows.map(([name, shortcut]) => (
          <div key={name} className="flex min-h-7 items-center gap-2">
            <dt className="grow">{name}</dt>
            <dd>
              <KeyHint keys={printKeys(shortcut, isMac)} />
            </dd>
          </div>
        ))}
      </dl>
    </PopoverButton>
  );
}
