import type { Alert } from '@quarterdeck/contract';
import { useNavigate } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { type LiveValue, useLive } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { notify } from '../../ui/notify.ts';
import { objectKey } from '../objects/object-key.ts';
import { useMay } from '../session/session.tsx';
import { type AlertsState, applyAlertsFrame } from './alerts-state.ts';
import { isQuiet, timeOfDay } from './quiet-hours.ts';
import { showOnDesktop } from './show-on-desktop.ts';
import { readQuietHours } from './use-quiet-hours.ts';

const request = { type: 'subscribeAlerts' } as const;
const idle: LiveValue<AlertsState> = { state: null, error: null, retry: () => undefined };
const AlertsContext = createContext<LiveValue<AlertsState>>(idle);

/** What rules tell, live; one subscription for the whole page, which says each alert once as it comes. */
export function AlertsProvider({ children }: { children: ReactNode }) {
  const feed = useLive(useMay('alert.read') ? request : null, applyAlertsFrame);
  useTelling(feed.state?.raised ?? nothing);
  return <AlertsContext value={feed}>{children}</AlertsContext>;
}

const nothing: readonly Alert[] = [];

export function useAlertFeed(): LiveValue<AlertsState> {
  return useContext(AlertsContext);
}

/** Opens what an alert is about. */
export function useOpenAlert(): (alert: Pick<Alert, 'cluster' | 'issueId' | 'object'>) => void {
  const navigate = useNavigate();
  return ({ cluster, issueId, object }) => {
    if (issueId !== null) void navigate({ to: '/issues/$issueId', params: { issueId }, search: { cluster } });
    else if (object !== null) void navigate({ to: '/events', search: { cluster, open: objectKey(object) } });
    else void navigate({ to: '/alerts', search: {} });
  };
}

function useTelling(raised: readonly Alert[]): void {
  const told = useRef(new Set<string>());
  const open = useOpenAlert();
  const label = useMessages().alerts.open;
  useEffect(() => {
    for (const alert of raised.toReversed()) {
      if (told.current.has(alert.id)) continue;
      told.current.add(alert.id);
      if (isQuiet(readQuietHours(), timeOfDay(new Date()))) continue;
      notify({ id: alert.tag, text: alert.title, detail: alert.text, state: alert.severity ?? 'high', action: { label, run: () => open(alert) } });
      if (alert.desktop) showOnDesktop(alert, () => open(alert));
    }
  }, [raised, open, label]);
}
