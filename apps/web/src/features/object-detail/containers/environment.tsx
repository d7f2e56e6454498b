import { refTo } from '@quarterdeck/contract';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { TextButton } from '../../../ui/button.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { Fact } from '../parts/facts.tsx';
import type { Container } from './container-states.ts';

type Variable = NonNullable<Container['env']>[number];
const firstOnes = 6;

/** The environment as the spec says it; what comes from a Secret is named and never shown. */
export function EnvironmentFact({ container: { env = [], envFrom = [] }, namespace }: { container: Container; namespace: string | null }) {
  const messages = useMessages().objectSummary;
  const [all, setAll] = useState(false);
  if (env.length + envFrom.length === 0) return null;
  const shown = all ? env : env.slice(0, firstOnes);
  return (
    <Fact label={messages.environment}>
      <ul className="flex flex-col gap-0.5">
        {envFrom.map(({ configMapRef, secretRef, prefix = '' }) => (
          <li key={`${configMapRef?.name} ${secretRef?.name} ${prefix}`} className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
            <span className="text-soft text-xs">{messages.allKeysOf}</span>
            {configMapRef?.name !== undefined && <ObjectChip object={refTo('ConfigMap', namespace, configMapRef.name)} />}
            {secretRef?.name !== undefined && <ObjectChip object={refTo('Secret', namespace, secretRef.name)} />}
            {prefix !== '' && <span className="font-mono text-code">{prefix}…</span>}
          </li>
        ))}
        {shown.map((variable) => (
          <li key={variable.name} className="min-w-0 break-all font-mono text-code">
            <span className="text-soft">{variable.name}=</span>
            <ValueOf variable={variable} namespace={namespace} />
          </li>
        ))}
      </ul>
      {shown.length < env.length && <TextButton onClick={() => setAll(true)}>{messages.showAll(env.length)}</TextButton>}
    </Fact>
  );
}

function ValueOf({ variable: { value = '', valueFrom }, namespace }: { variable: Variable; namespace: string | null }): ReactNode {
  if (valueFrom === undefined) return value;
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  if (configMapKeyRef?.name !== undefined) return <KeyChip object={refTo('ConfigMap', namespace, configMapKeyRef.name)} of={configMapKeyRef.key} />;
  if (secretKeyRef?.name !== undefined) return <KeyChip object={refTo('Secret', namespace, secretKeyRef.name)} of={secretKeyRef.key} />;
  return <span className="text-soft italic">{fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''}</span>;
}

function KeyChip({ object, of }: { object: ReturnType<typeof refTo>; of: string }) {
  return (
    <>
      <ObjectChip object={object} /> <span className="text-soft">›</span> {of}
    </>
  );
}
