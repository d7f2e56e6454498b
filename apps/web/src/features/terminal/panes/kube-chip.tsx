import { type TerminalKube, type TerminalSession, terminalRoutes, toAppError } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { Pin } from 'lucide-react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { notify } from '../../../ui/notify.ts';
import { useClusterMarks } from '../../clusters/use-cluster-marks.ts';

interface KubeChipProps {
  session: TerminalSession;
  kube: TerminalKube;
}

/** Which cluster and namespace the shell's kubectl speaks to; pressed, it stays there or follows the page again. */
export function KubeChip({ session, kube }: KubeChipProps) {
  const { api } = useServices();
  const messages = useMessages().terminal;
  const { colourOf, isProduction } = useClusterMarks();
  const production = kube.production || isProduction(kube.context);
  const pin = useMutation({
    mutationFn: () =>
      api.call(terminalRoutes.changeTerminal, { id: session.id, kube: { context: kube.context, namespace: kube.namespace, pinned: !kube.pinned } }),
    onError: (thrown) => notify({ text: messages.notPinned, detail: toAppError(thrown).message, state: 'high' }),
  });
  const title = kube.pinned ? messages.follow(kube.context) : messages.pin(kube.context);
  return (
    <button
      type="button"
      aria-pressed={kube.pinned}
      title={title}
      onClick={() => pin.mutate()}
      className={`flex h-6 min-w-0 shrink items-center gap-1.5 rounded px-1.5 text-xs hover:bg-hover ${production ? 'border border-critical' : ''}`}
    >
      <span aria-hidden="true" className="h-3 w-[3px] shrink-0 rounded-full" style={{ background: colourOf(kube.context) }} />
      <span className="truncate">
        {kube.context}/{kube.namespace}
      </span>
      {production && <span className="shrink-0 font-medium text-critical">{messages.production}</span>}
      {kube.pinned && <Pin aria-hidden="true" className="size-3 shrink-0" />}
      <span className="sr-only">{kube.pinned ? messages.pinned : messages.follows}</span>
    </button>
  );
}
