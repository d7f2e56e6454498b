import { useMessages } from '../../messages/language.ts';
import { Age, Moment } from '../../ui/time.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { ConnectionMark } from '../clusters/connection-mark.tsx';
import { useNamespaceScope, useScopeLabel } from '../namespaces/use-namespace-scope.ts';
import { useMay, useSession } from '../session/session.tsx';

/** Which cluster this is, as whom one is there, and what one may do. */
export function WhereLine() {
  const messages = useMessages().overview;
  const { selected } = useClusters();
  const { namespaces } = useNamespaceScope();
  const scopeLabel = useScopeLabel();
  const { mode, user } = useSession();
  const mayWrite = useMay('resource.write');
  if (selected === null) return null;
  const { name, server, version, state, readOnly, asOf } = selected;
  const who = mode === 'team' ? user : selected.user;
  return (
    <section aria-label={messages.where} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-soft">
      <span className="font-semibold text-ink text-md">{name}</span>
      <ConnectionMark state={state} />
      {version !== null && <span>{version}</span>}
      {who !== null && <span>{messages.as(who)}</span>}
      <span>{mayWrite && !readOnly ? messages.writes : messages.readsOnly}</span>
      {namespaces.length > 0 && <span>{messages.inNamespaces(scopeLabel(namespaces))}</span>}
      {server !== null && <span className="hidden font-mono text-code lg:inline">{server}</span>}
      {readOnly && asOf !== null && (
        <span>
          {messages.recordingOf} <Moment at={asOf} />
        </span>
      )}
      {state === 'stale' && asOf !== null && <Age at={asOf} />}
    </section>
  );
}
