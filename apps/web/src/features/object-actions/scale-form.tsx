import { type ObjectRef, refKey, resourceRoutes } from '@quarterdeck/contract';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Field } from '../../ui/field.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { draftOf } from './change-action.ts';
import { FormDialog } from './form-dialog.tsx';
import type { ActionFormProps, ActionTarget } from './object-action.ts';
import { ObjectsNow } from './objects-now.tsx';
import { useObjects } from './use-objects.ts';
import { whatOf } from './what-of.ts';

const scaledSchema = z.object({ spec: z.object({ replicas: z.number().default(1) }) });

/** How many replicas an object asks for: 1 where it does not say. */
export function replicasIn(object: Readonly<Record<string, unknown>>): number {
  return scaledSchema.safeParse(object).data?.spec.replicas ?? 1;
}

/** Null for what is no number of replicas. */
export function replicasOf(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}

/** Now, and how many there shall be. */
export function ScaleForm({ targets, draft, onDraft, onCancel }: ActionFormProps) {
  const messages = useMessages();
  const { does, replicas: label, replicasProblem, toZero } = messages.objectActions;
  const read = useObjects(targets);
  const scalers = useAutoscalers(targets);
  const before = draft?.steps?.[0]?.change;
  const [typed, setTyped] = useState<string | null>(before?.verb === 'scale' ? String(before.replicas) : null);
  const now = read.objects?.map(replicasIn) ?? [];
  const [first] = now;
  const text = typed ?? (first !== undefined && now.every((each) => each === first) ? String(first) : '');
  const wanted = replicasOf(text);
  const submit = () => wanted !== null && onDraft(draftOf(targets, (target) => ({ verb: 'scale', target, replicas: wanted })));
  const objects = targets.map(({ object }) => object);
  return (
    <FormDialog
      title={does.scale(whatOf(objects, messages))}
      ready={wanted !== null && now.some((each) => each !== wanted)}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <ObjectsNow read={read}>
        {() => (
          <>
            <Field
              label={label}
              type="number"
              min={0}
              step={1}
              required
              autoFocus
              value={text}
              problem={typed !== null && wanted === null ? replicasProblem : null}
              onChange={(event) => setTyped(event.target.value)}
              {...(wanted === 0 ? { note: toZero } : {})}
              className="max-w-40"
            />
            <NowList objects={objects} replicas={now} wanted={wanted} />
            {scalers.map((note) => (
              <p key={note} className="break-words">
                <StatusMark state="medium" text="" compact /> {note}
              </p>
            ))}
          </>
        )}
      </ObjectsNow>
    </FormDialog>
  );
}

function NowList({ objects, replicas, wanted }: { objects: readonly ObjectRef[]; replicas: readonly number[]; wanted: number | null }) {
  const { replicasNow } = useMessages().objectActions;
  return (
    <ul className="flex flex-col gap-1">
      {objects.map((object, index) => (
        <li key={refKey(object)} className="flex min-w-0 items-baseline gap-2">
          <span className="min-w-0 grow">
            <ObjectChip object={object} exists={false} withNamespace={objects.length > 1} />
          </span>
          <span className="shrink-0 text-soft">
            {replicasNow(replicas[index] ?? 0)}
            {wanted !== null && ` → ${wanted}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Whoever sets the number again. Where autoscalers may not be listed the preview says so. */
function useAutoscalers(targets: readonly ActionTarget[]): string[] {
  const { api } = useServices();
  const scope = useClusterScope();
  const { scaledBy } = useMessages().objectActions;
  const namespaces = [...new Set(targets.flatMap(({ object: { namespace } }) => namespace ?? []))];
  const kind = 'HorizontalPodAutoscaler';
  const lists = useQueries({
    queries: namespaces.map((namespace) => ({
      queryKey: ['autoscalers', scope.cluster, namespace],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.call(resourceRoutes.listResources, { ...scope, kind, namespace }, { signal }),
      retry: false,
    })),
  });
  return lists.flatMap(({ data }) => {
    if (data === undefined) return [];
    const place = (id: string) => data.columns.findIndex((column) => column.id === id);
    const [reference, least, most] = [place('reference'), place('minPods'), place('maxPods')];
    const about = data.items.filter(({ cells, object }) =>
      targets.some((target) => target.object.namespace === object.namespace && cells[reference] === `${target.object.kind}/${target.object.name}`),
    );
    return about.map(({ object, cells }) => scaledBy(object.name, String(cells[least] ?? 1), String(cells[most] ?? '?')));
  });
}
