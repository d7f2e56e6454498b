import { History, ScrollText } from 'lucide-react';
import type { ActionTarget, ObjectAction, ObjectActionContext } from '../object-actions/object-action.ts';
import { type LogSubject, logSubject, logSubjectSchema, sameLog } from './log-subject.ts';
import { hasLog, logTarget } from './log-target.ts';
import { logsTab } from './logs-tab.ts';

const common = {
  permission: 'log.read',
  group: 'look',
  many: true,
  appliesTo: ({ object }: ActionTarget) => hasLog(object),
} as const;

/** Several objects share one view. */
export const openLogs: ObjectAction = {
  ...common,
  id: 'logs',
  label: ({ logs }, count) => logs.open(count),
  icon: ScrollText,
  shortcuts: ['l'],
  run: (targets, context) => openInDock(subjectOf(targets, false), context),
};

export const openPreviousLogs: ObjectAction = {
  ...common,
  id: 'previous-logs',
  label: ({ logs }) => logs.openPrevious,
  icon: History,
  shortcuts: ['p', 'L'],
  run: (targets, context) => openInDock(subjectOf(targets, true), context),
};

function subjectOf(targets: readonly ActionTarget[], previous: boolean): LogSubject {
  return logSubject(
    targets.map(({ object }) => logTarget(object)),
    { previous },
  );
}

/** A tab of the same log is shown again as it was left. */
function openInDock(subject: LogSubject, { dock, cluster }: ObjectActionContext): void {
  const open = dock.state.tabs.find((tab) => {
    const kept = tab.type === logsTab.type && tab.cluster === cluster ? logSubjectSchema.safeParse(tab.subject) : null;
    return kept?.success === true && sameLog(kept.data, subject);
  });
  if (open === undefined) dock.open(logsTab, subject);
  else dock.show(open.id);
}
