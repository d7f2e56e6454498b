import { getRouteApi, Link } from '@tanstack/react-router';
import { Maximize2 } from 'lucide-react';
import { always } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { Middle } from '../../ui/middle.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { ReleaseView } from './release-view.tsx';

const route = getRouteApi('/cluster/helm');

/** A release beside the list; Esc closes it, and it opens as a page of its own. */
export function ReleasePanel({ releaseKey, onClose }: { releaseKey: string; onClose(): void }) {
  const messages = useMessages().helm;
  const { tab, open } = route.useSearch();
  const navigate = route.useNavigate();
  const [namespace = '', name = ''] = releaseKey.split('/');
  useCommands([
    {
      id: 'close-release',
      label: messages.allReleases,
      group: 'here',
      keywords: [],
      shortcuts: ['Escape'],
      listed: false,
      when: ({ drawer }) => !drawer,
      run: onClose,
    },
    {
      id: 'release-page',
      label: messages.fullPage,
      group: 'here',
      keywords: [],
      shortcuts: [],
      when: always,
      run: () => void navigate({ to: '/helm/$namespace/$name', params: { namespace, name }, search: { tab } }),
    },
  ]);
  return (
    <SidePanel
      label={messages.release(name)}
      onClose={onClose}
      actions={
        <Link
          to="/helm/$namespace/$name"
          params={{ namespace, name }}
          search={{ tab, open }}
          aria-label={messages.fullPage}
          title={messages.fullPage}
          className={buttonStyles.icon}
        >
          <Maximize2 />
        </Link>
      }
      title={
        <>
          <p className="truncate text-soft text-xs">{messages.releaseIn(namespace)}</p>
          <h2 className="font-medium text-md">
            <Middle text={name} />
          </h2>
        </>
      }
    >
      <ReleaseView
        target={{ namespace, name }}
        tab={tab}
        onTab={(next) => void navigate({ search: (before) => ({ ...before, tab: next }), replace: true })}
        onGone={onClose}
      />
    </SidePanel>
  );
}
