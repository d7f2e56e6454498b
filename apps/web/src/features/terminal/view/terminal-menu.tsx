import { Menu } from '@base-ui/react/menu';
import { Settings2 } from 'lucide-react';
import { useMessages } from '../../../messages/language.ts';
import { type Preferences, setPreferences, terminalCursors, terminalThemes, usePreferences } from '../../../preferences/preferences.ts';
import { buttonStyles } from '../../../ui/button.tsx';
import { floating } from '../../../ui/floating.ts';
import { MenuEntry, MenuRadios, MenuTick } from '../../../ui/menu-entries.tsx';
import { zoomTerminals } from './zoom.ts';

/** How all terminals look. */
export function TerminalMenu() {
  const messages = useMessages().terminal;
  const { terminal } = usePreferences();
  const set = (change: Partial<Preferences['terminal']>) => setPreferences({ terminal: { ...terminal, ...change } });
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={messages.settings} title={messages.settings} className={buttonStyles.icon}>
        <Settings2 />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-50">
          <Menu.Popup className={floating.menu}>
            <MenuEntry stays label={messages.larger} onClick={() => zoomTerminals(1)} />
            <MenuEntry stays label={messages.smaller} onClick={() => zoomTerminals(-1)} />
            <MenuRadios
              label={messages.cursor}
              options={terminalCursors.map((value) => ({ value, label: messages.cursors[value] }))}
              value={terminal.cursor}
              onChange={(cursor) => set({ cursor })}
            />
            <MenuRadios
              label={messages.colours}
              options={terminalThemes.map((value) => ({ value, label: messages.themes[value] }))}
              value={terminal.theme}
              onChange={(theme) => set({ theme })}
            />
            <MenuTick label={messages.cursorBlink} checked={terminal.cursorBlink} onChange={(cursorBlink) => set({ cursorBlink })} />
            <MenuTick label={messages.bell} checked={terminal.bell} onChange={(bell) => set({ bell })} />
            <MenuTick label={messages.screenReader} checked={terminal.screenReader} onChange={(screenReader) => set({ screenReader })} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
