import type { FieldConflict, StepPreview } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { dangerMark } from './action-words.ts';
import { DiffView } from './diff-view.tsx';
import { Fact, FactList, Facts } from './facts.tsx';
import { RadiusFacts } from './radius-facts.tsx';

/** What one step would do, as the API server's dry run and what surrounds the object say it: the worst first. */
export function StepPreviewView({ preview, here }: { preview: StepPreview; here: boolean }) {
  const messages = useMessages();
  const { actions } = messages;
  const { request, diff, warnings, conflicts, owners, managedBy, danger, radius, inverse } = preview;
  const query = new URLSearchParams(request.query).toString();
  return (
    <div className="flex flex-col gap-3">
      <p>
        {radius.level === 'high' && (
          <>
            <StatusMark state="high" text={actions.highImpact} />:{' '}
          </>
        )}
        {radius.note}
      </p>
      {diff.text === '' ? <p className="text-soft">{actions.nothingChanges}</p> : <DiffView diff={diff.text} label={actions.copyDiff} />}
      <Facts>
        <FactList name={actions.inConflict} items={conflicts.map((owner) => ({ key: owner.manager, content: <Owner owner={owner} conflict /> }))} />
        <FactList name={actions.warnings} items={warnings.map((text) => ({ key: text, content: <Warning word={actions.warns} text={text} /> }))} />
        <FactList
          name={actions.managedBy}
          items={managedBy.map(({ tool, name, note }) => ({
            key: `${tool} ${name}`,
            content: <Warning word={`${actions.tools[tool]} ${name}`} text={note} />,
          }))}
        />
        <RadiusFacts radius={radius} here={here} />
        <FactList name={actions.fieldsOf} items={owners.map((owner) => ({ key: owner.manager, content: <Owner owner={owner} conflict={false} /> }))} />
        <Fact name={actions.danger}>
          <StatusMark {...dangerMark(danger.danger, messages)} />
          {danger.reason !== '' && `: ${danger.reason}`}
        </Fact>
        <Fact name={actions.wayBack}>
          {inverse.change === null && <StatusMark state="high" text={actions.none} />} {inverse.note}
          {inverse.kubectl !== null && <CodeBlock code={inverse.kubectl} label={actions.copyUndo} />}
        </Fact>
        <Fact name={actions.request}>
          <code className="break-all font-mono text-code">
            {request.method} {request.path}
            {query !== '' && `?${query}`}
          </code>
        </Fact>
      </Facts>
    </div>
  );
}

function Warning({ word, text }: { word: string; text: string }) {
  return (
    <>
      <StatusMark state="medium" text={word} />: {text}
    </>
  );
}

function Owner({ owner: { manager, fields, since, operation }, conflict }: { owner: FieldConflict; conflict: boolean }) {
  const { actions } = useMessages();
  return (
    <>
      {conflict ? <StatusMark state="high" text={manager} /> : manager}
      {operation !== null && ` (${operation})`}
      {since !== null && (
        <>
          , {actions.since} <Moment at={since} />
        </>
      )}
      : <span className="font-mono text-code">{fields.join(', ')}</span>
    </>
  );
}
