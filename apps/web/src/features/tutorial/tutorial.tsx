import { lazy, Suspense } from 'react';
import { usePreferences } from '../../preferences/preferences.ts';
import type { TutorialFacts } from './tutorial-steps.ts';

const TutorialCard = lazy(() => import('./tutorial-card.tsx'));

/** Shown while the tutorial runs, on whatever page. */
export function Tutorial({ facts }: { facts: Omit<TutorialFacts, 'actions'> }) {
  const { tutorial } = usePreferences();
  if (tutorial === null) return null;
  return (
    <Suspense>
      <TutorialCard step={tutorial} facts={facts} />
    </Suspense>
  );
}
