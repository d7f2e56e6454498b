import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { stringify } from 'yaml';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { Comparison } from '../lazy-code.ts';
import { type Merge, type MergeConflict, withChoices } from '../merge/merge-objects.ts';
import { pathText } from '../schema/schema-walk.ts';
import { isRecord } from '../schema/yaml-documents.ts';
import { type PlainObject, printObject } from './editable.ts';

interface ThreeWayProps {
  merge: Merge;
  /** As the cluster has it now. */
  theirs: PlainObject;
  onApply(merged: PlainObject): void;
  onCancel(): void;
}

type Choices = ReadonlyMap<MergeConflict, 'theirs' | 'mine'>;

/** What both changed is decided place by place; the rest is taken from whoever changed it. */
export function ThreeWay({ merge, theirs, onApply, onCancel }: ThreeWayProps) {
  const { editor, common } = useMessages();
  const words = editor.merge;
  const [choices, setChoices] = useState<Choices>(new Map());
  const result = useMemo(() => withChoices(merge, choices), [merge, choices]);
  const left = merge.conflicts.filter((conflict) => !choices.has(conflict)).length;
  return (
    <section aria-label={words.title} className="flex h-full min-h-0 flex-col gap-3 overflow-auto p-4">
      <div>
        <h3 className="font-medium">{words.title}</h3>
        <p className="text-soft">{words.note}</p>
        {merge.taken.length > 0 && <p className="text-soft">{words.taken(merge.taken.length)}</p>}
      </div>
      {merge.conflicts.length > 0 && (
        <ul className="flex flex-col gap-2">
          {merge.conflicts.map((conflict) => (
            <Conflict
              key={pathText(conflict.path)}
              conflict={conflict}
              choice={choices.get(conflict) ?? null}
              onChoose={(side) => setChoices(new Map([...choices, [conflict, side]]))}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" disabled={left > 0 || !isRecord(result)} onClick={() => isRecord(result) && onApply(result)}>
          {words.apply}
        </Button>
        <Button onClick={onCancel}>{common.cancel}</Button>
        {left > 0 && <span className="text-soft">{words.undecided(left)}</span>}
      </div>
      <div className="grid grid-cols-2 gap-2 text-soft text-xs">
        <span>{words.left}</span>
        <span>{words.right}</span>
      </div>
      <Suspense fallback={<SkeletonLines widths={['40%', '62%', '50%']} />}>
        <Comparison
          left={{ text: printObject(theirs, 'yaml'), label: words.left }}
          right={{ text: isRecord(result) ? printObject(result, 'yaml') : '', label: words.right }}
        />
      </Suspense>
    </section>
  );
}

interface ConflictProps {
  conflict: MergeConflict;
  choice: 'theirs' | 'mine' | null;
  onChoose(side: 'theirs' | 'mine'): void;
}

function Conflict({ conflict: { path, base, theirs, mine }, choice, onChoose }: ConflictProps) {
  const words = useMessages().editor.merge;
  const name = pathText(path);
  return (
    <li className="rounded border bg-surface p-3">
      <p className="break-words font-mono text-code">{name}</p>
      <div className="mt-2 grid gap-3 sm:grid-cols-3">
        <Side title={words.base} value={base} />
        <Side title={words.theirs} value={theirs}>
          <Button
            aria-pressed={choice === 'theirs'}
            aria-label={`${words.useTheirs}: ${name}`}
            look={choice === 'theirs' ? 'primary' : 'plain'}
            onClick={() => onChoose('theirs')}
          >
            {words.useTheirs}
          </Button>
        </Side>
        <Side title={words.mine} value={mine}>
          <Button
            aria-pressed={choice === 'mine'}
            aria-label={`${words.useMine}: ${name}`}
            look={choice === 'mine' ? 'primary' : 'plain'}
            onClick={() => onChoose('mine')}
          >
            {words.useMine}
          </Button>
        </Side>
      </div>
    </li>
  );
}

function Side({ title, value, children }: { title: string; value: unknown; children?: ReactNode }) {
  const { none } = useMessages().editor.merge;
  return (
    <div className="flex min-w-0 flex-col items-start gap-1.5">
      <span className="text-soft text-xs">{title}</span>
      <pre className="max-h-40 w-full overflow-auto whitespace-pre-wrap break-words font-mono text-code">
        {value === undefined ? <span className="text-soft">{none}</span> : stringify(value, { lineWidth: 0 }).trimEnd()}
      </pre>
      {children}
    </div>
  );
}
