import { type ObjectRef, resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { kindName, objectKey } from '../../objects/object-key.ts';
import { CodeEditor } from '../lazy-code.ts';
import { printObject, type TextFormat } from './editable.ts';
import { EditorLine } from './editor-notices.tsx';
import { FormatChoice } from './format-choice.tsx';
import { TextSkeleton } from './text-skeleton.tsx';

/** The object with what the cluster writes itself, and who set which fields. */
export function WholeText({ object, onBack }: { object: ObjectRef; onBack(): void }) {
  const { editor: words, common } = useMessages();
  const { api } = useServices();
  const scope = useClusterScope();
  const [format, setFormat] = useState<TextFormat>('yaml');
  const { namespace, name } = object;
  const whole = useQuery({
    queryKey: ['object with owners', scope.cluster, objectKey(object)],
    queryFn: ({ signal }) =>
      api.call(
        resourceRoutes.getResource,
        { ...scope, kind: kindName(object), name, ...(namespace === null ? {} : { namespace }), owners: 'true' },
        { signal },
      ),
    staleTime: 0,
  });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-1.5">
        <FormatChoice format={format} onFormat={setFormat} disabled={whole.data === undefined} />
        <Button look="quiet" aria-pressed="true" className="bg-selected" onClick={onBack}>
          {words.everything}
        </Button>
        <span className="grow" />
        <Button onClick={() => whole.refetch()}>{common.retry}</Button>
      </div>
      <EditorLine>{words.everythingNote}</EditorLine>
      {whole.error !== null && (
        <div className="p-3">
          <ErrorNotice what={words.notRead} error={whole.error} onRetry={() => whole.refetch()} />
        </div>
      )}
      <div className="min-h-0 grow">
        <Suspense fallback={<TextSkeleton />}>
          {whole.data === undefined ? (
            <TextSkeleton />
          ) : (
            <CodeEditor value={printObject(whole.data.object, format)} label={words.wholeLabel(object.kind, name)} schemas={null} />
          )}
        </Suspense>
      </div>
    </div>
  );
}
