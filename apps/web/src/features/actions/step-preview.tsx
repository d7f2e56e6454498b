import type { FieldConflict, StepPreview } from '@quarterdeck/contract';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { dangerMarks } from './action-words.ts';
import { DiffView } from './diff-view.tsx';
import { Fact, FactList, Facts } from './facts.tsx';
import { RadiusFacts } from './radius-facts.tsx';

const tools: Readonly<Record<StepPreview['managedBy'][number]['tool'], string>> = {
  helm: 'Helm',
  argo: 'Argo CD',
  flux: 'Flux',
  owner: 'Its owner',
  autoscaler: 'An autoscaler',
  addon: 'The addon manager',
};

/** What one step would do, as the API server's dry run and what surrounds the object say it. */
export function StepPreviewView({ preview, here }: { preview: StepPreview; here: boolean }) {
  const { request, diff, warnings, conflicts, owners, managedBy, danger, radius, inverse } = preview;
  const query = new URLSearchParams(request.query).toString();
  return (
    <div className="flex flex-col gap-3">
      {diff.text === '' ? <p>Nothing of the object would change.</p> : <DiffView diff={diff.text} label="Copy diff" />}
      <Facts>
        <Fact name="Danger">
          <StatusMark {...dangerMarks[danger.danger]} />
          {danger.reason !== '' && `: ${danger.reason}`}
        </Fact>
        <Fact name="Request">
          <code className="break-all font-mono text-code">
            {request.method} {request.path}
            {query !== '' && `?${query}`}
          </code>
        </Fact>
        <FactList name="Warnings" items={warnings.map((text) => ({ key: text, content: <Warning word="warns" text={text} /> }))} />
        <FactList name="In conflict" items={conflicts.map((owner) => ({ key: owner.manager, content: <Owner owner={owner} conflict /> }))} />
        <FactList name="Fields of" items={owners.map((owner) => ({ key: owner.manager, content: <Owner owner={owner} conflict={false} /> }))} />
        <FactList
          name="Managed by"
          items={managedBy.map(({ tool, name, note }) => ({ key: `${tool} ${name}`, content: <Warning word={`${tools[tool]} ${name}`} text={note} /> }))}
        />
        <RadiusFacts radius={radius} here={here} />
        <Fact name="Way back">
          {inverse.change === null && <StatusMark state="high" text="none" />} {inverse.note}
          {inverse.kubectl !== null && <CodeBlock code={inverse.kubectl} label="Copy undo command" />}
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
  return (
    <>
      {conflict ? <StatusMark state="high" text={manager} /> : manager}
      {operation !== null && ` (${operation})`}
      {since !== null && (
        <>
          , since <Moment at={since} />
        </>
      )}
      : <span className="font-mono text-code">{fields.join(', ')}</span>
    </>
  );
}
