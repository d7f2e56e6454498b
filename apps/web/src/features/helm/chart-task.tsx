import { type HelmPreview, type HelmRelease, helmRoutes } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { type DraftResult, draftOf, operationOf } from './chart-draft.ts';
import { ChartForm } from './chart-form.tsx';
import { HelmDiffView } from './helm-diff-view.tsx';
import type { HelmOperation } from './helm-operation.ts';

type ChartOperation = Extract<DraftResult, { operation: unknown }>['operation'];

interface ChartTaskProps {
  /** The release to upgrade; null for an install. */
  release: HelmRelease | null;
  onConfirm(operation: HelmOperation): void;
}

const noProblems: ReadonlyMap<string, string> = new Map();

/** An install or an upgrade: the form, what it would do, and the confirmation of exactly that. */
export function ChartTask({ release, onConfirm }: ChartTaskProps) {
  const messages = useMessages().helm;
  const { namespaces } = useNamespaceScope();
  const [draft, setDraft] = useState(() => draftOf(release, namespaces[0] ?? 'default'));
  const [problems, setProblems] = useState(noProblems);
  const preview = useChartPreview();
  const onSubmit = () => {
    const result = operationOf(draft, release !== null, messages.form);
    if ('problems' in result) return setProblems(result.problems);
    setProblems(noProblems);
    preview.mutate(result.operation);
  };
  if (preview.data !== undefined && preview.variables !== undefined) {
    return <Previewed preview={preview.data} operation={preview.variables} onChange={() => preview.reset()} onConfirm={onConfirm} />;
  }
  return (
    <>
      <ChartForm draft={draft} release={release} problems={problems} busy={preview.isPending} onChange={setDraft} onSubmit={onSubmit} />
      {preview.isPending && <SkeletonLines widths={['62%', '48%', '54%']} />}
      {preview.error !== null && <ErrorNotice what={messages.notPreviewed} error={preview.error} />}
    </>
  );
}

function useChartPreview() {
  const { api } = useServices();
  const scope = useClusterScope();
  return useMutation({
    mutationFn: (operation: ChartOperation) =>
      operation.do === 'install'
        ? api.call(helmRoutes.previewHelmInstall, { ...scope, ...operation.input })
        : api.call(helmRoutes.previewHelmUpgrade, { ...scope, ...operation.input }),
  });
}

interface PreviewedProps {
  preview: HelmPreview;
  operation: ChartOperation;
  onChange(): void;
  onConfirm(operation: HelmOperation): void;
}

function Previewed({ preview: { chart, diff, warnings }, operation, onChange, onConfirm }: PreviewedProps) {
  const messages = useMessages().helm;
  const { name } = operation.input;
  const version = chart === null ? '' : `${chart.name} ${chart.version}`;
  return (
    <>
      {chart !== null && (
        <p>
          <StatusMark state="healthy" text={messages.wouldDeploy(chart.name, chart.version)} />
        </p>
      )}
      {warnings.length > 0 && (
        <div>
          <p className="text-soft text-xs">{messages.saidBesides}</p>
          {warnings.map((warning) => (
            <p key={warning} className="break-words">
              {warning}
            </p>
          ))}
        </div>
      )}
      <HelmDiffView diff={diff} />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => onConfirm(operation)}>
          {operation.do === 'install' ? messages.confirm.install(name) : messages.confirm.upgrade(name, version)}
        </Button>
        <Button onClick={onChange}>{messages.form.change}</Button>
      </div>
    </>
  );
}
