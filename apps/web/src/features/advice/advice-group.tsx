import { type Advice, type AdviceCheck, type AdvicePlace, refKey, refLabel } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import type { AdviceGroup } from './select-advice.ts';
import { useAdviceChecks } from './use-advice.ts';

/** Advice is never critical: its marks are those that nobody has to act on at once. */
export function AdviceMark({ severity, compact = false }: { severity: Advice['severity']; compact?: boolean }) {
  const messages = useMessages().advice;
  return <StatusMark state={severity === 'low' ? 'medium' : 'low'} text={messages.severities[severity]} compact={compact} />;
}

const firstShown = 20;

interface AdviceGroupViewProps {
  group: AdviceGroup;
  byObject: boolean;
  onCheck(code: string): void;
}

/** What one check says of many objects, or many checks of one. */
export function AdviceGroupView({ group: { title, severity, advice }, byObject, onCheck }: AdviceGroupViewProps) {
  const messages = useMessages().advice;
  const [all, setAll] = useState(false);
  const checks = useAdviceChecks();
  const shown = all ? advice : advice.slice(0, firstShown);
  const [first] = advice;
  const check = byObject || first === undefined ? undefined : checks.get(first.check);
  return (
    <details className="rounded border bg-surface" open={byObject}>
      <summary className="flex min-h-9 cursor-pointer flex-wrap items-center gap-x-3 px-3 py-1.5">
        <AdviceMark severity={severity} compact />
        <span className="min-w-0 grow break-words font-medium">{title}</span>
        {!byObject && first !== undefined && <code className="font-mono text-code text-soft">{first.check}</code>}
        <span className="text-soft">{byObject ? messages.places(advice.length) : messages.objects(advice.length)}</span>
      </summary>
      <div className="border-t px-3 py-2">
        {check !== undefined && <Explanation check={check} />}
        <ul className="flex flex-col">
          {shown.map((one) => (
            <li key={`${one.check} ${refKey(one.object)}`} className="border-line/60 border-b py-1.5 last:border-b-0">
              {byObject ? (
                <TextButton className="text-left" onClick={() => onCheck(one.check)}>
                  {one.title}
                </TextButton>
              ) : (
                <ObjectChip object={one.object} withNamespace />
              )}
              <Places advice={one} />
            </li>
          ))}
        </ul>
        {advice.length > shown.length && <TextButton onClick={() => setAll(true)}>{messages.more(advice.length - shown.length)}</TextButton>}
      </div>
    </details>
  );
}

function Explanation({ check: { code, documentation, silentWhen } }: { check: AdviceCheck }) {
  const messages = useMessages().advice;
  return (
    <section aria-label={messages.why} className="mb-3 flex max-w-4xl flex-col gap-2">
      <p className="break-words">{documentation}</p>
      <p className="break-words text-soft">
        {messages.leavesAlone} {silentWhen}
      </p>
      <div className="max-w-md">
        <CodeBlock code={`qd explain-check ${code}`} label={messages.explain} />
      </div>
    </section>
  );
}

function Places({ advice: { object, places } }: { advice: Advice }) {
  return (
    <ul className="text-soft text-xs">
      {places.map((place) => (
        <li key={`${refKey(place.object)} ${place.path} ${place.container} ${place.message}`} className="break-words">
          <Place place={place} elsewhere={refKey(place.object) !== refKey(object)} />
        </li>
      ))}
    </ul>
  );
}

function Place({ place: { object, path, container, message }, elsewhere }: { place: AdvicePlace; elsewhere: boolean }) {
  const messages = useMessages().advice;
  const where = [...(elsewhere ? [refLabel(object)] : []), ...(container === null ? [] : [`${messages.container} ${container}`])];
  return (
    <>
      <span className="text-ink">{message}</span> {where.join(', ')} {path !== null && <span className="break-all font-mono">{path}</span>}
    </>
  );
}
