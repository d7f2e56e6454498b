import type { Issue } from '@quarterdeck/contract';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { notify } from '../../ui/notify.ts';
import { useAlertFeed } from '../alerts/alert-feed.tsx';
import { isQuiet, timeOfDay } from '../alerts/quiet-hours.ts';
import { showOnDesktop } from '../alerts/show-on-desktop.ts';
import { readQuietHours } from '../alerts/use-quiet-hours.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { type Known, newIssues } from './new-issues.ts';

/** More than so many at once are one notice. */
const mostSingly = 2;

/** Says in the corner what breaks while one looks elsewhere. Never a dialog; nothing in quiet hours, nothing that an alert says already. */
export function IssueNotices(): null {
  const { state, list } = useIssuesFeed();
  const cluster = useClusters().selected?.id ?? null;
  const { assistance } = usePreferences();
  const tell = useTelling();
  const known = useRef<Known | null>(null);
  const ready = state !== null;
  useEffect(() => {
    if (!ready || cluster === null) return;
    const found = newIssues(known.current, { cluster, issues: list }, assistance.severity);
    known.current = found.known;
    const isSilent = !assistance.notices || isQuiet(readQuietHours(), timeOfDay(new Date()));
    if (found.fresh.length > 0 && !isSilent) tell(found.fresh, assistance.desktop);
  }, [ready, list, cluster, assistance, tell]);
  return null;
}

interface Told {
  id: string;
  text: string;
  detail: string;
  state: Issue['severity'];
  action: { label: string; run(): void };
}

/** Stays the same function, so that only what is new is told. */
function useTelling(): (fresh: readonly Issue[], desktop: boolean) => void {
  const noticesOf = useNoticesOf();
  const latest = useRef(noticesOf);
  latest.current = noticesOf;
  const tell = useRef((fresh: readonly Issue[], desktop: boolean) => {
    for (const { detail, ...told } of latest.current(fresh)) {
      notify(detail === told.text ? told : { ...told, detail });
      if (desktop && document.hidden) showOnDesktop({ title: told.text, text: detail, tag: told.id }, told.action.run);
    }
  });
  return tell.current;
}

function useNoticesOf(): (fresh: readonly Issue[]) => Told[] {
  const navigate = useNavigate();
  const words = useMessages().issueNotices;
  const alerts = useAlertFeed().state?.alerts ?? [];
  const { pathname } = useLocation();
  return (fresh) => {
    // Who looks at the list, or at the issue itself, sees it there; what an alert says is said.
    const unseen = fresh.filter(({ id }) => ![`/issues/${id}`, '/issues'].includes(pathname) && !alerts.some(({ issueId }) => issueId === id));
    const [worst] = unseen;
    if (worst !== undefined && unseen.length > mostSingly) {
      const run = () => void navigate({ to: '/issues', search: {} });
      return [{ id: 'new-issues', text: words.more(unseen.length), detail: worst.title, state: worst.severity, action: { label: words.all, run } }];
    }
    return unseen.map(({ id, title, explanation, severity }) => {
      const run = () => void navigate({ to: '/issues/$issueId', params: { issueId: id }, search: {} });
      return { id: `issue ${id}`, text: title, detail: explanation, state: severity, action: { label: words.open, run } };
    });
  };
}
