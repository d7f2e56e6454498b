import { Tabs } from '@base-ui/react/tabs';
import type { HelmRelease, HelmRevision, HelmTarget } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { HelmDialog, type HelmTask } from './helm-dialog.tsx';
import { ReleaseActions } from './release-actions.tsx';
import { ReleaseFacts } from './release-facts.tsx';
import { ReleaseHistory } from './release-history.tsx';
import { ReleaseManifest } from './release-manifest.tsx';
import { ReleaseNotes } from './release-notes.tsx';
import { ReleaseObjects } from './release-objects.tsx';
import { type ReleaseTab, releaseTabs } from './release-tab.ts';
import { ReleaseValues } from './release-values.tsx';
import { StuckNotice } from './stuck-notice.tsx';
import { useHistory, useRelease } from './use-helm.ts';

interface ReleaseViewProps {
  target: HelmTarget;
  tab: ReleaseTab | undefined;
  onTab(tab: ReleaseTab | undefined): void;
  /** After an uninstall that leaves nothing to show. */
  onGone(): void;
}

const noHistory: readonly HelmRevision[] = [];

/** One release: how it is, what can be done, and what it consists of. The panel and the page show the same. */
export function ReleaseView({ target, tab = 'objects', onTab, onGone }: ReleaseViewProps) {
  const messages = useMessages().helm;
  const release = useRelease(target, null);
  const history = useHistory(target, release.data);
  const [task, setTask] = useState<HelmTask | null>(null);
  const revisions = history.data ?? noHistory;
  return (
    <div className="flex flex-col gap-4 p-4">
      {release.error !== null && <ErrorNotice what={messages.releaseNotRead} error={release.error} onRetry={() => release.refetch()} />}
      {release.isPending && <SkeletonLines widths={['40%', '62%', '48%', '70%', '55%', '66%']} />}
      {release.data !== undefined && (
        <>
          <StuckNotice release={release.data} history={revisions} onTask={setTask} />
          <ReleaseFacts release={release.data} />
          <ReleaseActions release={release.data} history={revisions} onTask={setTask} />
          <Tabs.Root value={tab} onValueChange={(value) => onTab(releaseTabs.find((each) => each === value))}>
            <TabList />
            <Tabs.Panel value={tab} tabIndex={-1} className="pt-4 outline-none">
              <TabContent tab={tab} target={target} release={release.data} history={history} onTask={setTask} />
            </Tabs.Panel>
          </Tabs.Root>
        </>
      )}
      {task !== null && <HelmDialog task={task} onClose={() => setTask(null)} onGone={onGone} />}
    </div>
  );
}

function TabList() {
  const words = useMessages().helm.tabs;
  return (
    <Tabs.List className="flex flex-wrap gap-x-4 border-b">
      {releaseTabs.map((value) => (
        <Tabs.Tab
          key={value}
          value={value}
          className="-mb-px h-8 border-transparent border-b-2 text-soft hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink"
        >
          {words[value]}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}

interface TabContentProps {
  tab: ReleaseTab;
  target: HelmTarget;
  release: HelmRelease;
  history: ReturnType<typeof useHistory>;
  onTask(task: HelmTask): void;
}

function TabContent({ tab, target, release, history, onTask }: TabContentProps) {
  switch (tab) {
    case 'objects':
      return <ReleaseObjects target={target} />;
    case 'values':
      return <ReleaseValues release={release} />;
    case 'history':
      return <ReleaseHistory release={release} history={history} onTask={onTask} />;
    case 'notes':
      return <ReleaseNotes release={release} />;
    case 'manifest':
      return <ReleaseManifest release={release} />;
  }
}
