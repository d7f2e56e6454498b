import { ticketRoutes } from '@quarterdeck/contract';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { currentMessages } from '../../messages/language.ts';
import type { TerminalView } from '../terminal/view/terminal-view.ts';
import { ofCluster } from './pod-facts.ts';
import { ShellConnection, type ShellReach, type ShellState } from './shell-connection.ts';
import { commandOf, type ShellSubject } from './shell-subject.ts';

export interface ShellSession {
  /** Null before the first start. */
  state: ShellState | null;
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
}

/** Runs the program of a tab in its terminal, from `attempt` to `attempt`; 0 is none yet. Another subject is another program. */
export function useShellSession(view: TerminalView | null, attempt: number, cluster: string, subject: ShellSubject): ShellSession {
  const { api } = useServices();
  const [state, setState] = useState<ShellState | null>(null);
  const running = useRef<ShellConnection | null>(null);
  const { mode, namespace, pod, container, program } = subject;
  const reach = useMemo<ShellReach>(
    () => ({
      ticket: async (request) => (await api.call(ticketRoutes.issueTicket, request)).ticket,
      openSocket: (address, protocols) => openSocket(address, protocols),
      words: () => currentMessages().shells.connection,
    }),
    [api],
  );
  useEffect(() => {
    if (view === null || attempt === 0) return;
    setState({ phase: 'opening' });
    const named = container === undefined ? {} : { container };
    const query = {
      ...ofCluster(cluster),
      namespace,
      pod,
      ...named,
      command: commandOf({ mode, program }),
      tty: mode === 'exec' ? ('true' as const) : ('false' as const),
    };
    const connection = new ShellConnection(reach, mode, query, {
      onState(next) {
        if (next.phase === 'open') view.begin(next);
        setState(next);
        if (next.phase === 'open') connection.resize(view.size.columns, view.size.rows);
      },
      onOutput: (bytes, taken) => view.write(bytes, taken),
    });
    running.current = connection;
    return () => connection.close();
  }, [view, attempt, reach, cluster, mode, namespace, pod, container, program]);
  return useMemo(
    () => ({ state, write: (bytes) => running.current?.write(bytes), resize: (columns, rows) => running.current?.resize(columns, rows) }),
    [state],
  );
}

function openSocket(address: string, protocols: string[]): WebSocket {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${address}`, protocols);
  socket.binaryType = 'arraybuffer';
  return socket;
}
