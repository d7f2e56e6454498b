import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useClusters } from '../clusters/clusters.tsx';
import { parseObjectKey } from '../objects/object-key.ts';

const OpenDrawer = lazy(() => import('./open-drawer.tsx'));

/** The object that the URL's `open` names, over whatever page is shown. */
export function ObjectDrawer() {
  const key = useSearch({ strict: false, select: (search) => search.open });
  const section = useSearch({ strict: false, select: (search) => search.section });
  const { selected } = useClusters();
  const navigate = useNavigate();
  const address = key === undefined ? undefined : parseObjectKey(key);
  if (key === undefined || address === undefined || selected === null) return null;
  const close = () => void navigate({ to: '.', search: (before) => ({ ...before, open: undefined, section: undefined }) });
  return (
    <Suspense fallback={null}>
      <OpenDrawer key={`${selected.id} ${key}`} objectKey={key} address={address} section={section} onClose={close} />
    </Suspense>
  );
}
