import { namespaceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { FormDialog } from '../object-actions/form-dialog.tsx';
import type { ActionFormProps } from '../object-actions/object-action.ts';
import { removalOf } from '../object-actions/removal.ts';
import { whatOf } from '../object-actions/what-of.ts';

/** Before a namespace is previewed for deletion: what is in it. */
export function DeleteNamespaceForm({ targets, onDraft, onCancel }: ActionFormProps) {
  const messages = useMessages();
  const objects = targets.map(({ object }) => object);
  return (
    <FormDialog
      title={messages.deletion.deleteNamespaces(whatOf(objects, messages))}
      ready
      onSubmit={() => onDraft(removalOf(targets, (target) => ({ verb: 'delete', target })))}
      onCancel={onCancel}
    >
      {objects.map(({ name }) => (
        <Contents key={name} namespace={name} />
      ))}
      <p>
        <StatusMark state="high" text="" compact /> {messages.deletion.forGood}
      </p>
    </FormDialog>
  );
}

function Contents({ namespace }: { namespace: string }) {
  const { api } = useServices();
  const scope = useClusterScope();
  const messages = useMessages().deletion;
  const contents = useQuery({
    queryKey: ['namespace contents', scope.cluster, namespace],
    queryFn: ({ signal }) => api.call(namespaceRoutes.getNamespaceContents, { ...scope, namespace }, { signal }),
    staleTime: 0,
  });
  return (
    <section aria-label={messages.contents(namespace)}>
      <h3 className="mb-1 text-soft text-xs">{messages.contents(namespace)}</h3>
      {contents.error !== null && <ErrorNotice what={messages.contentsNotRead(namespace)} error={contents.error} onRetry={() => contents.refetch()} />}
      {contents.isPending && <SkeletonLines widths={['30%', '38%', '26%']} />}
      {contents.data?.contents.length === 0 && <p>{messages.empty}</p>}
      {contents.data !== undefined && (
        <ul className="grid gap-x-6 gap-y-0.5 sm:grid-cols-2">
          {contents.data.contents.map(({ apiVersion, kind, count, atLeast }) => (
            <li key={`${apiVersion} ${kind}`} className="flex min-w-0 justify-between gap-3">
              <span className="min-w-0 truncate" title={`${kind} ${apiVersion}`}>
                {kind}
              </span>
              <span>{atLeast ? messages.atLeast(count) : count}</span>
            </li>
          ))}
        </ul>
      )}
      {contents.data !== undefined && contents.data.notSeen.length > 0 && (
        <p className="mt-1 break-words text-soft">{messages.notSeen(contents.data.notSeen.map(({ kind }) => kind).join(', '))}</p>
      )}
    </section>
  );
}
