import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { setPreferences } from '../../preferences/preferences.ts';
import { Button } from '../../ui/button.tsx';
import { useActions } from '../actions/use-actions.ts';
import { useClusterScope, useClusters } from '../clusters/clusters.tsx';
import { nextStep, stepsFor, type TutorialFacts } from './tutorial-steps.ts';

interface TutorialCardProps {
  /** The step that comes next. */
  step: number;
  facts: Omit<TutorialFacts, 'actions'>;
}

/** What to do next, in a corner and never in the way; it goes on by itself when that was done. */
export default function TutorialCard({ step: from, facts }: TutorialCardProps) {
  const messages = useMessages().tutorial;
  const readOnly = useClusters().selected?.readOnly ?? false;
  const actions = useActionsSinceStart();
  const steps = stepsFor(readOnly);
  const next = nextStep(steps, from, { ...facts, actions });
  useEffect(() => {
    if (next !== from) setPreferences({ tutorial: next });
  }, [next, from]);
  const step = steps[next];
  const end = () => setPreferences({ tutorial: null });
  return (
    <aside aria-label={messages.title} className="fixed right-3 bottom-10 z-40 w-[min(22rem,calc(100vw-1.5rem))] rounded bg-raised p-3 shadow-float">
      <div className="flex items-center gap-2">
        <h2 className="grow font-medium">{messages.title}</h2>
        <span className="text-soft text-xs">{step === undefined ? '' : messages.progress(next + 1, steps.length)}</span>
        <Button look="icon" aria-label={messages.end} title={messages.end} onClick={end}>
          <X />
        </Button>
      </div>
      <p className="mt-1" role="status">
        {step === undefined ? messages.done : messages.steps[step.id]}
      </p>
      <div className="mt-2 flex gap-2">
        {step === undefined ? (
          <Button look="primary" onClick={end}>
            {messages.close}
          </Button>
        ) : (
          <Button onClick={() => setPreferences({ tutorial: next + 1 })}>{messages.skip}</Button>
        )}
      </div>
    </aside>
  );
}

/** Of this cluster, and begun after the card was first shown. */
function useActionsSinceStart(): TutorialFacts['actions'] {
  const [start] = useState(() => new Date().toISOString());
  const scope = useClusterScope();
  const { data } = useActions(scope);
  return data?.pages.flatMap(({ actions }) => actions).filter(({ createdAt }) => createdAt >= start) ?? [];
}
