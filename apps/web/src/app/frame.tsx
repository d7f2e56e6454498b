import { Outlet } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { CommandCenterProvider } from '../commands/command-center.tsx';
import { AssistantSidebarWhenOpen } from '../features/assistant/assistant-sidebar-when-open.tsx';
import { useClusters } from '../features/clusters/clusters.tsx';
import { ConnectionNotice } from '../features/clusters/connection-notice.tsx';
import { useClusterMarks } from '../features/clusters/use-cluster-marks.ts';
import { useSelectCluster } from '../features/clusters/use-select-cluster.ts';
import { Dock } from '../features/dock/dock.tsx';
import { Navigation } from '../features/navigation/navigation.tsx';
import { ChipShellProvider } from '../features/object-detail/chip-shell-provider.tsx';
import { ObjectDrawer } from '../features/object-detail/object-drawer.tsx';
import { Tutorial } from '../features/tutorial/tutorial.tsx';
import { WelcomeHint } from '../features/welcome/welcome-hint.tsx';
import { useMessages } from '../messages/language.ts';
import { Button } from '../ui/button.tsx';
import { compact, narrow, useMedia } from '../ui/use-media.ts';
import { TopBar } from './top-bar.tsx';
import { useCommandContext } from './use-command-context.ts';

const Palette = lazy(async () => ({ default: (await import('../features/palette/palette.tsx')).Palette }));
const KeysDialog = lazy(async () => ({ default: (await import('../features/palette/keys-dialog.tsx')).KeysDialog }));
const NavigationSheet = lazy(async () => ({ default: (await import('../features/navigation/navigation-sheet.tsx')).NavigationSheet }));

/** What stays on screen on every page: top bar, navigation, the drawer, the palette. */
export function Frame() {
  const [dialog, setDialog] = useState<'palette' | 'keys' | 'navigation' | null>(null);
  const { selected } = useClusters();
  const { colourOf } = useClusterMarks();
  const { mutate: selectCluster } = useSelectCluster();
  const isNarrow = useMedia(narrow);
  const context = useCommandContext({ selectCluster, openPalette: () => setDialog('palette'), showKeys: () => setDialog('keys') });
  const toggle = (name: 'palette' | 'keys' | 'navigation') => (open: boolean) => setDialog(open ? name : null);
  return (
    <CommandCenterProvider context={context}>
      <ChipShellProvider>
        <div className="relative flex h-full flex-col">
          <TopBar
            colour={colourOf(selected?.id ?? '')}
            onMenu={isNarrow ? () => setDialog('navigation') : null}
            onSearch={() => setDialog('palette')}
            onSelectCluster={selectCluster}
          />
          <WelcomeHint />
          <ConnectionNotice />
          <div className="flex min-h-0 grow">
            <div className="relative flex min-h-0 min-w-0 grow">
              {!isNarrow && <SideNavigation />}
              <main className="flex min-h-0 min-w-0 grow flex-col">
                <Outlet />
              </main>
              <ObjectDrawer />
            </div>
            <AssistantSidebarWhenOpen />
          </div>
          <Dock />
        </div>
      </ChipShellProvider>
      <Suspense>
        {dialog === 'palette' && <Palette open onOpenChange={toggle('palette')} />}
        {dialog === 'keys' && <KeysDialog open onOpenChange={toggle('keys')} />}
        {dialog === 'navigation' && isNarrow && <NavigationSheet open onOpenChange={toggle('navigation')} />}
      </Suspense>
      <Tutorial facts={{ path: context.path, drawer: context.drawer, dialog }} />
    </CommandCenterProvider>
  );
}

/** Icons under 1100 px, until it is opened by hand. */
function SideNavigation() {
  const isCompact = useMedia(compact);
  const [choice, setChoice] = useState<{ compact: boolean; collapsed: boolean } | null>(null);
  const collapsed = choice?.compact === isCompact ? choice.collapsed : isCompact;
  const setCollapsed = (next: boolean) => setChoice({ compact: isCompact, collapsed: next });
  const messages = useMessages().navigation;
  const label = collapsed ? messages.showNames : messages.showIcons;
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <div className={`flex shrink-0 flex-col border-r bg-canvas ${collapsed ? 'w-12' : 'w-52'}`}>
      <div className="min-h-0 grow overflow-y-auto">
        <Navigation collapsed={collapsed} onExpand={() => setCollapsed(false)} onNavigate={() => undefined} />
      </div>
      <div className="p-2">
        <Button look="icon" aria-label={label} title={label} onClick={() => setCollapsed(!collapsed)}>
          <Icon />
        </Button>
      </div>
    </div>
  );
}
