import type { ContainerUsage, EventGroup } from '@quarterdeck/contract';
import type { ReactNode } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { Explained } from '../../explain/explained.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { type ContainerFacts, probesOf, stateOfContainer } from './container-states.ts';
import { EnvironmentFact } from './environment.tsx';
import { LastEnd } from './last-end.tsx';
import { MountsFact, type Volume } from './mounts.tsx';
import { ProbeLine } from './probe-line.tsx';
import { ResourcesFact } from './resources.tsx';

interface ContainerCardProps {
  facts: ContainerFacts;
  volumes: readonly Volume[];
  namespace: string | null;
  events: readonly EventGroup[];
  usage: ContainerUsage | null;
}

export function ContainerCard({ facts, volumes, namespace, events, usage }: ContainerCardProps) {
  const messages = useMessages().objectSummary;
  const { container, role, status } = facts;
  const probes = probesOf(container);
  return (
    <li className="rounded border border-line bg-canvas px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h4 className="min-w-0 break-all font-medium font-mono text-code">{container.name}</h4>
        {role !== 'main' && <span className="text-soft text-xs">{messages.roles[role]}</span>}
        {status !== null && <StateOf facts={facts} />}
        {status !== null && status.restartCount > 0 && <span className="text-xs">{messages.restarts(status.restartCount)}</span>}
      </div>
      <div className="mb-2 flex min-w-0 items-center gap-1 text-soft">
        <span className="min-w-0 break-all font-mono text-code">{container.image}</span>
        <CopyButton text={container.image ?? ''} label={messages.copyImage} />
      </div>
      <Facts long>
        {status?.lastState?.terminated !== undefined && (
          <Fact label={messages.lastEnd}>
            <LastEnd ended={status.lastState.terminated} />
          </Fact>
        )}
        <Fact label={messages.ports}>{portsText(container.ports ?? [])}</Fact>
        <ResourcesFact container={container} usage={usage} />
        <Command label={messages.command} words={container.command} />
        <Command label={messages.args} words={container.args} />
        <MountsFact container={container} volumes={volumes} namespace={namespace} />
        <EnvironmentFact container={container} namespace={namespace} />
      </Facts>
      {probes.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1.5 border-line/60 border-t pt-2">
          {probes.map(({ name, probe }) => (
            <ProbeLine key={name} name={name} probe={probe} status={status} events={events} />
          ))}
        </ul>
      )}
    </li>
  );
}

function StateOf({ facts }: { facts: ContainerFacts }): ReactNode {
  const messages = useMessages().objectSummary;
  const state = stateOfContainer(facts);
  switch (state.is) {
    case 'running':
      return (
        <span className="flex items-center gap-1.5">
          <StatusMark state={state.health} text={state.health === 'healthy' ? messages.running : messages.notReady} />
          {state.since !== null && (
            <span className="text-soft text-xs">
              <Age at={state.since} />
            </span>
          )}
        </span>
      );
    case 'waiting':
      return (
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <Explained as="reason" what={state.reason} text={state.message}>
            <StatusMark state={state.health} text={state.reason} />
          </Explained>
          <span className="break-words text-soft text-xs">{state.message}</span>
        </span>
      );
    case 'ended':
      return (
        <span className="flex flex-wrap items-baseline gap-x-2">
          <StatusMark state={state.health} text={state.reason === '' ? messages.ended : state.reason} />
          <span className="text-soft text-xs">
            <Explained as="exitCode" what={String(state.exitCode)} text={state.message}>
              {messages.exitCode(state.exitCode)}
            </Explained>
          </span>
        </span>
      );
    case 'unknown':
      return <StatusMark state="unknown" />;
  }
}

type Port = NonNullable<ContainerFacts['container']['ports']>[number];

/** `http:8080/TCP, 9090/TCP (host 9090)`. */
function portsText(ports: readonly Port[]): string {
  return ports
    .map(({ name, containerPort, protocol = 'TCP', hostPort }) => {
      const host = hostPort === undefined ? '' : ` (host ${hostPort})`;
      return `${name === undefined ? '' : `${name}:`}${containerPort}/${protocol}${host}`;
    })
    .join(', ');
}

function Command({ label, words }: { label: string; words: readonly string[] | undefined }) {
  if (words === undefined || words.length === 0) return null;
  return (
    <Fact label={label}>
      <span className="line-clamp-3 whitespace-pre-wrap break-all font-mono text-code" title={words.join(' ')}>
        {words.join(' ')}
      </span>
    </Fact>
  );
}
