import type { HelmRelease } from '@quarterdeck/contract';
import { useId } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import type { ChartDraft, ChartPlace } from './chart-draft.ts';
import { OperationOptions } from './operation-options.tsx';
import { ValuesField } from './values-field.tsx';

interface ChartFormProps {
  draft: ChartDraft;
  /** The release that is upgraded; null for an install. */
  release: HelmRelease | null;
  problems: ReadonlyMap<string, string>;
  busy: boolean;
  onChange(draft: ChartDraft): void;
  onSubmit(): void;
}

export function ChartForm({ draft, release, problems, busy, onChange, onSubmit }: ChartFormProps) {
  const words = useMessages().helm.form;
  const set = (part: Partial<ChartDraft>) => onChange({ ...draft, ...part });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {release === null && <TargetFields draft={draft} problems={problems} set={set} />}
      <SourceFields draft={draft} problems={problems} sources={release?.chart.sources ?? []} set={set} />
      {release !== null && (
        <Choice
          label={words.base}
          value={draft.base}
          options={[
            { value: 'reset', label: words.bases.reset },
            { value: 'reuse', label: words.bases.reuse },
          ]}
          onChange={(event) => set({ base: event.target.value === 'reuse' ? 'reuse' : 'reset' })}
        />
      )}
      <ValuesField values={draft.values} present={release?.values.user ?? ''} problem={problems.get('values') ?? null} onChange={(values) => set({ values })} />
      <OperationOptions
        options={draft.options}
        offered={release === null ? ['createNamespace', 'wait', 'rollbackOnFailure'] : ['wait', 'rollbackOnFailure', 'forceConflicts']}
        onChange={(options) => set({ options })}
      />
      <Button type="submit" look="primary" className="self-start" disabled={busy}>
        {busy ? words.previewing : words.preview}
      </Button>
    </form>
  );
}

interface FieldsProps {
  draft: ChartDraft;
  problems: ReadonlyMap<string, string>;
  set(part: Partial<ChartDraft>): void;
}

const plain = { spellCheck: false, autoComplete: 'off', autoCapitalize: 'off' } as const;

function TargetFields({ draft, problems, set }: FieldsProps) {
  const words = useMessages().helm.form;
  const { names } = useNamespaceNames();
  const id = useId();
  return (
    <div className="flex flex-wrap gap-3">
      <Field
        {...plain}
        className="grow basis-52"
        label={words.name}
        required
        value={draft.name}
        problem={problems.get('name') ?? null}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Field
        {...plain}
        className="grow basis-52"
        label={words.namespace}
        required
        list={id}
        value={draft.namespace}
        problem={problems.get('namespace') ?? null}
        onChange={(event) => set({ namespace: event.target.value })}
      />
      <datalist id={id}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}

const places: readonly ChartPlace[] = ['repository', 'registry', 'machine'];

function SourceFields({ draft, problems, sources, set }: FieldsProps & { sources: readonly string[] }) {
  const words = useMessages().helm.form;
  const { place } = draft;
  const chartLabel = { repository: words.chart, registry: words.ociChart, machine: words.path }[place];
  const example = { repository: 'nginx', registry: 'oci://registry.example/charts/nginx', machine: '/srv/charts/nginx' }[place];
  return (
    <div className="flex flex-col gap-3">
      <Choice
        className="max-w-80"
        label={words.source}
        value={place}
        options={places.map((value) => ({ value, label: words.sources[value] }))}
        onChange={(event) => set({ place: places.find((each) => each === event.target.value) ?? 'repository' })}
      />
      {place === 'repository' && (
        <Field
          {...plain}
          label={words.repository}
          type="url"
          placeholder="https://charts.example"
          note={words.repositoryNote}
          value={draft.repository}
          problem={problems.get('repository') ?? null}
          onChange={(event) => set({ repository: event.target.value })}
        />
      )}
      <div className="flex flex-wrap gap-3">
        <Field
          {...plain}
          className="grow-2 basis-72"
          label={chartLabel}
          required
          placeholder={example}
          {...(place === 'machine' ? { note: words.pathNote } : {})}
          value={draft.chart}
          problem={problems.get('chart') ?? null}
          onChange={(event) => set({ chart: event.target.value })}
        />
        {place !== 'machine' && (
          <Field
            {...plain}
            className="grow basis-40"
            label={words.version}
            note={words.versionNote}
            value={draft.version}
            problem={problems.get('version') ?? null}
            onChange={(event) => set({ version: event.target.value })}
          />
        )}
      </div>
      {sources.length > 0 && (
        <p className="break-words text-soft text-xs">
          {words.chartSources} {sources.join(', ')}
        </p>
      )}
    </div>
  );
}
