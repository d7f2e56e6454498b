import type { AppError } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { DebugHere } from './debug-here.tsx';
import { fateOf } from './fate-of-shell.ts';
import type { PodFacts, usePodFacts } from './pod-facts.ts';
import type { ShellState } from './shell-connection.ts';
import type { ShellSubject } from './shell-subject.ts';
import type { DebugContainerName } from './use-debug.ts';

interface ShellEndProps {
  cluster: string;
  subject: ShellSubject;
  state: Extract<ShellState, { phase: 'ended' | 'failed' }>;
  pod: ReturnType<typeof usePodFacts>;
  onAgain(change: Partial<ShellSubject>): void;
  /** A debug container runs. */
  onDebug(added: DebugContainerName): void;
}

/** What ended, why, and what can be done next; the terminal above it stays to be read. */
export function ShellEnd({ cluster, subject, state, pod, onAgain, onDebug }: ShellEndProps) {
  const messages = useMessages().shells;
  const mayDebug = useMay('pod.debug');
  const error = state.phase === 'failed' ? state.error : null;
  const fate = fateOf(state, pod.error, pod.data ?? null);
  const [debugging, setDebugging] = useState(false);
  const offersDebug = mayDebug && subject.node === undefined && fate !== 'gone' && fate !== 'ending';
  return (
    <section aria-label={messages.over} className="max-h-[60%] shrink-0 overflow-y-auto border-t bg-canvas px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div role="status" className="min-w-0 grow basis-72">
          <StatusMark state={state.phase === 'ended' && state.exitCode === 0 ? 'scaledToZero' : 'critical'} text={whatEnded(state, messages)} />
          <EndText error={error} fate={messages.fates[fate]} />
        </div>
        {fate === 'gone' && <PodsOfOwner cluster={cluster} namespace={subject.namespace} owner={pod.data?.owner ?? null} />}
        {subject.node === undefined && fate !== 'gone' && (
          <Button look={fate === 'noProgram' ? 'plain' : 'primary'} onClick={() => onAgain({})}>
            {messages.startAgain}
          </Button>
        )}
        {offersDebug && fate !== 'noProgram' && !debugging && <Button onClick={() => setDebugging(true)}>{messages.debug}</Button>}
      </div>
      {offersDebug && (fate === 'noProgram' || debugging) && pod.data != null && (
        <DebugHere place={{ cluster, namespace: subject.namespace, pod: subject.pod, container: subject.container }} facts={pod.data} onStarted={onDebug} />
      )}
    </section>
  );
}

function EndText({ error, fate }: { error: AppError | null; fate: string }) {
  const lines = [error?.message, fate, error?.hint].filter((line) => line !== undefined && line !== '');
  return lines.map((line) => (
    <p key={line} className="mt-0.5 break-words text-soft">
      {line}
    </p>
  ));
}

function whatEnded(state: ShellEndProps['state'], messages: ReturnType<typeof useMessages>['shells']): string {
  return state.phase === 'ended' ? messages.ended(state.exitCode) : messages.over;
}

/** Where the pod's successor is to be found. */
function PodsOfOwner({ cluster, namespace, owner }: { cluster: string; namespace: string; owner: PodFacts['owner'] }) {
  const messages = useMessages().shells;
  const search = { ...(cluster === '' ? {} : { cluster }), ns: namespace, ...(owner === null ? {} : { q: owner.name }) };
  return (
    <Link to="/resources/$kind" params={{ kind: 'pods' }} search={search} className={buttonStyles.primary}>
      {messages.showPods}
    </Link>
  );
}
