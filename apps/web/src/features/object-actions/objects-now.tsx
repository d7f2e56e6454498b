import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { ReadObjects } from './use-objects.ts';

interface ObjectsNowProps {
  read: ReadObjects;
  children(objects: NonNullable<ReadObjects['objects']>): ReactNode;
}

/** What stands in a form once the objects were read; until then that they are, or why they could not be. */
export function ObjectsNow({ read: { objects, error, retry }, children }: ObjectsNowProps) {
  const { notRead, reading } = useMessages().objectActions;
  if (objects !== null) return children(objects);
  if (error !== null) return <ErrorNotice what={notRead} error={error} onRetry={retry} />;
  return (
    <div role="status">
      <span className="sr-only">{reading}</span>
      <SkeletonLines widths={['30%', '62%', '48%']} />
    </div>
  );
}
