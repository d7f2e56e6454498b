import { podRoutes } from '@quarterdeck/contract';
import { useEffect, useRef } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { notify } from '../../ui/notify.ts';
import { ofCluster } from './pod-facts.ts';
import type { ShellSubject } from './shell-subject.ts';

/** A pod that was started to debug a node goes when its program has ended, and when its tab is closed. */
export function useEndOfNodeDebug(cluster: string, { node, namespace, pod }: ShellSubject, over: boolean): void {
  const { api } = useServices();
  const messages = useMessages().shells;
  const standing = useRef(true);
  const removed = useRef(false);
  const latest = useRef(() => {});
  latest.current = () => {
    if (node === undefined || removed.current) return;
    removed.current = true;
    api.call(podRoutes.endDebugNode, { ...ofCluster(cluster), namespace, pod }).then(
      () => notify({ text: messages.nodePodRemoved(pod) }),
      (thrown: unknown) => notify({ text: messages.nodePodLeft(pod), detail: thrown instanceof Error ? thrown.message : '', state: 'high' }),
    );
  };
  useEffect(() => {
    if (over) latest.current();
  }, [over]);
  useEffect(() => {
    standing.current = true;
    return () => {
      standing.current = false;
      // While it is developed, React takes each component away once and puts it back at once.
      setTimeout(() => {
        if (!standing.current) latest.current();
      });
    };
  }, []);
}
