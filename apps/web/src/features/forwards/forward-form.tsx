import { type ObjectRef, resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice, Tick } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { FormDialog } from '../object-actions/form-dialog.tsx';
import { kindName } from '../objects/object-key.ts';
import { draftsOf, type PortDraft, portsOf } from './chosen-ports.ts';
import { isLoopback } from './forward-address.ts';
import { PortChoices } from './port-choices.tsx';
import { type ForwardTarget, TargetFields } from './target-fields.tsx';
import { offeredPorts } from './target-ports.ts';
import { useStartForward } from './use-forwards.ts';

const loopback = '127.0.0.1';
const everywhere = '0.0.0.0';

interface ForwardFormProps {
  /** What somebody points at; null asks for it. */
  object: ObjectRef | null;
  onStarted(): void;
  onClose(): void;
}

/** Ports of an object, with what the specification offers. */
export function ForwardForm({ object, onStarted, onClose }: ForwardFormProps) {
  const messages = useMessages().forwards;
  const scope = useClusterScope();
  const { names } = useNamespaceNames();
  const [typed, setTyped] = useState<ForwardTarget>({ namespace: names.includes('default') ? 'default' : (names[0] ?? ''), kind: 'Service', name: '' });
  const [drafts, setDrafts] = useState<PortDraft[] | null>(null);
  const [address, setAddress] = useState(loopback);
  const [autostart, setAutostart] = useState(false);
  const ports = useOfferedPorts(object, useDeferredValue(typed));
  const start = useStartForward(() => {
    onStarted();
    onClose();
  });
  const shown = drafts ?? draftsOf(ports.data ?? []);
  const wanted = portsOf(shown);
  const target = targetOf(object, typed);
  const submit = () => wanted !== null && target !== null && start.mutate({ ...scope, ...target, ports: wanted, address, autostart });
  const pick = (next: ForwardTarget) => {
    setTyped(next);
    setDrafts(null);
  };
  return (
    <FormDialog
      title={object === null ? messages.forward : messages.forwardOf(object.name)}
      submit={start.isPending ? messages.starting : messages.listen(wanted?.length ?? 0)}
      ready={wanted !== null && target !== null && !start.isPending}
      onSubmit={submit}
      onCancel={onClose}
    >
      {object === null && <TargetFields target={typed} namespaces={names} onChange={pick} />}
      {ports.isLoading && <SkeletonLines widths={['50%', '40%']} />}
      {object !== null && ports.error !== null && <ErrorNotice what={messages.portsNotRead} error={ports.error} onRetry={() => ports.refetch()} />}
      {!ports.isLoading && <PortChoices drafts={shown} onChange={setDrafts} />}
      <AddressChoice address={address} onChange={setAddress} />
      <Tick label={messages.autostart} checked={autostart} onChange={(event) => setAutostart(event.target.checked)} />
      {start.error !== null && <ErrorNotice what={messages.notStarted} error={start.error} />}
    </FormDialog>
  );
}

function AddressChoice({ address, onChange }: { address: string; onChange(address: string): void }) {
  const messages = useMessages().forwards;
  const here = isLoopback(location.hostname);
  return (
    <div>
      <Choice
        label={messages.whoMayUse}
        value={address}
        options={[
          { value: loopback, label: here ? messages.reach.thisMachine : messages.reach.serverMachine },
          { value: everywhere, label: messages.reach.others },
        ]}
        onChange={(event) => onChange(event.target.value)}
      />
      {address === everywhere && (
        <p className="mt-1.5">
          <StatusMark state="high" text={messages.othersWarning} />
        </p>
      )}
    </div>
  );
}

/** What the route takes; null while it is not named. */
function targetOf(object: ObjectRef | null, { namespace, kind, name }: ForwardTarget) {
  if (object !== null) return { namespace: object.namespace ?? '', kind: object.kind, name: object.name };
  const text = name.trim();
  if (namespace === '' || text === '') return null;
  return kind === 'labels' ? { namespace, kind: 'Pod', selector: text } : { namespace, kind, name: text };
}

/** What the specification of the target names; nothing where it is not there or has labels for a name. */
function useOfferedPorts(object: ObjectRef | null, typed: ForwardTarget) {
  const { api } = useServices();
  const scope = useClusterScope();
  const kind = object === null ? typed.kind : kindName(object);
  const namespace = object?.namespace ?? typed.namespace;
  const name = object?.name ?? typed.name.trim();
  return useQuery({
    queryKey: ['object', scope.cluster, kind, namespace, name],
    queryFn: ({ signal }) => api.call(resourceRoutes.getResource, { ...scope, kind, namespace, name }, { signal }),
    select: (found) => offeredPorts(object?.kind ?? typed.kind, found.object),
    enabled: kind !== 'labels' && name !== '' && namespace !== '',
    retry: false,
  });
}
