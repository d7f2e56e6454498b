import type { ContainerUsage, EventGroup } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { ContainerCard } from './container-card.tsx';
import type { ContainerFacts, PodSpec } from './container-states.ts';

interface ContainersPartProps {
  containers: readonly ContainerFacts[];
  spec: PodSpec | undefined;
  namespace: string | null;
  /** Told of the probes; empty where none are known. */
  events: readonly EventGroup[];
  usage: readonly ContainerUsage[];
}

export function ContainersPart({ containers, spec, namespace, events, usage }: ContainersPartProps) {
  const messages = useMessages().objectSummary;
  return (
    <Part title={messages.containers}>
      <ul className="flex flex-col gap-2">
        {containers.map((facts) => (
          <ContainerCard
            key={facts.container.name}
            facts={facts}
            volumes={spec?.volumes ?? []}
            namespace={namespace}
            events={events.filter(({ container }) => container === undefined || container === facts.container.name)}
            usage={usage.find(({ name }) => name === facts.container.name) ?? null}
          />
        ))}
      </ul>
    </Part>
  );
}
