import { resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowLeftRight } from 'lucide-react';
import { Suspense, useId } from 'react';
import type { CompareSearch } from '../../../app/search.ts';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { useClusters } from '../../clusters/clusters.tsx';
import { type ObjectAddress, parseObjectKey } from '../../objects/object-key.ts';
import { TextSkeleton } from '../edit/text-skeleton.tsx';
import { Comparison } from '../lazy-code.ts';
import { comparableText } from './comparable-text.ts';

const route = getRouteApi('/cluster/compare');

/** Two objects side by side, of one cluster or of two. */
export function ComparePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const words = useMessages().compare;
  const selected = useClusters().selected?.id ?? '';
  const { a = '', b = '', clusterA = selected, clusterB = selected } = search;
  const go = (next: CompareSearch) => void navigate({ search: (before) => ({ ...before, ...next }) });
  return (
    <>
      <PageHeader title={words.title}>
        <span className="text-soft text-xs">{words.note}</span>
      </PageHeader>
      <form
        key={`${a} ${b} ${clusterA} ${clusterB}`}
        className="grid gap-x-4 gap-y-2 border-b px-3 pb-3 sm:grid-cols-[1fr_auto_1fr]"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const said = (name: string) => String(form.get(name) ?? '').trim() || undefined;
          go({ a: said('a'), b: said('b'), clusterA: said('clusterA'), clusterB: said('clusterB') });
        }}
      >
        <SideFields side="a" title={words.left} address={a} cluster={clusterA} />
        <div className="flex items-end gap-2">
          <Button
            look="icon"
            className="h-8"
            aria-label={words.swap}
            title={words.swap}
            onClick={() => go({ a: b || undefined, b: a || undefined, clusterA: clusterB, clusterB: clusterA })}
          >
            <ArrowLeftRight />
          </Button>
        </div>
        <SideFields side="b" title={words.right} address={b || a} cluster={clusterB} />
        <Button type="submit" look="primary" className="justify-self-start">
          {words.show}
        </Button>
      </form>
      <div className="min-h-0 grow overflow-auto p-3">
        <Compared a={parseObjectKey(a)} b={parseObjectKey(b)} clusterA={clusterA} clusterB={clusterB} />
      </div>
    </>
  );
}

interface SideFieldsProps {
  side: 'a' | 'b';
  title: string;
  address: string;
  cluster: string;
}

function SideFields({ side, title, address, cluster }: SideFieldsProps) {
  const words = useMessages().compare;
  const { all } = useClusters();
  const legend = useId();
  const clusters = (all ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <fieldset aria-labelledby={legend} className="grid min-w-0 grid-cols-[10rem_1fr] gap-2">
      <span id={legend} className="sr-only">
        {title}
      </span>
      <Choice label={`${title}, ${words.cluster}`} name={side === 'a' ? 'clusterA' : 'clusterB'} options={clusters} defaultValue={cluster} />
      <Field
        label={`${title}, ${words.object}`}
        name={side}
        defaultValue={address}
        placeholder={words.objectNote}
        problem={address !== '' && parseObjectKey(address) === undefined ? words.badAddress : null}
        spellCheck={false}
        autoComplete="off"
      />
    </fieldset>
  );
}

interface ComparedProps {
  a: ObjectAddress | undefined;
  b: ObjectAddress | undefined;
  clusterA: string;
  clusterB: string;
}

function Compared({ a, b, clusterA, clusterB }: ComparedProps) {
  const words = useMessages().compare;
  const left = useComparable(a, clusterA);
  const right = useComparable(b, clusterB);
  if (a === undefined || b === undefined) return <Empty title={words.choose} />;
  if (left.error !== null) return <ErrorNotice what={words.notRead(words.left)} error={left.error} onRetry={() => left.refetch()} />;
  if (right.error !== null) return <ErrorNotice what={words.notRead(words.right)} error={right.error} onRetry={() => right.refetch()} />;
  if (left.data === undefined || right.data === undefined) return <TextSkeleton />;
  return (
    <div className="flex flex-col gap-2">
      {left.data === right.data && (
        <p role="status">
          <StatusMark state="healthy" text={words.same} />
        </p>
      )}
      <Suspense fallback={<TextSkeleton />}>
        <Comparison left={{ text: left.data, label: words.left }} right={{ text: right.data, label: words.right }} />
      </Suspense>
    </div>
  );
}

function useComparable(address: ObjectAddress | undefined, cluster: string) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['compared object', cluster, address],
    queryFn: async ({ signal }) => {
      const { kind = '', namespace = null, name = '' } = address ?? {};
      const { object } = await api.call(resourceRoutes.getResource, { cluster, kind, name, ...(namespace === null ? {} : { namespace }) }, { signal });
      return comparableText(object);
    },
    enabled: address !== undefined && cluster !== '',
    staleTime: 0,
  });
}
