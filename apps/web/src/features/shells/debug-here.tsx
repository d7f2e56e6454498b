import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice } from '../../ui/field.tsx';
import { DebugFields } from './debug-fields.tsx';
import type { PodFacts } from './pod-facts.ts';
import { type DebugContainerName, useDebugChoice, useDebugPod } from './use-debug.ts';

interface DebugPlace {
  cluster: string;
  namespace: string;
  pod: string;
  /** The container that it is about. */
  container: string | undefined;
}

interface DebugHereProps {
  place: DebugPlace;
  facts: PodFacts;
  onStarted(added: DebugContainerName): void;
}

/** The container that a debug container is to look into: the one that is meant, else the first that runs. */
export function targetsOf({ containers }: PodFacts): string[] {
  return containers.filter(({ role }) => role !== 'debug').map(({ name }) => name);
}

/** Offers a debug container in the place where one is needed. */
export function DebugHere({ place, facts, onStarted }: DebugHereProps) {
  const messages = useMessages().shells;
  const { cluster, ...name } = place;
  const { images, choice, setChoice } = useDebugChoice(cluster, facts.node);
  const debug = useDebugPod(cluster, name, onStarted);
  const targets = targetsOf(facts);
  const [picked, setTarget] = useState<string | null>(null);
  const target = picked ?? targets.find((each) => each === place.container) ?? targets[0] ?? '';
  return (
    <form
      className="mt-2 grid items-start gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        debug.mutate({ ...choice, target });
      }}
    >
      <DebugFields choice={choice} images={images} nameOf={(profile) => `${profile}: ${messages.profiles[profile]}`} onChange={setChoice} />
      <Choice
        label={messages.target}
        value={target}
        options={targets.map((value) => ({ value, label: value }))}
        onChange={(event) => setTarget(event.target.value)}
      />
      <Button type="submit" look="primary" className="h-8 sm:mt-5" disabled={debug.isPending || choice.image === ''}>
        {debug.isPending ? messages.starting : messages.startDebug}
      </Button>
      <p className="text-soft text-xs sm:col-span-full">{messages.debugStays}</p>
      {debug.error !== null && (
        <div className="sm:col-span-full">
          <ErrorNotice what={messages.notStarted} error={debug.error} />
        </div>
      )}
    </form>
  );
}
