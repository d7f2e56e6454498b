import { Menu } from '@base-ui/react/menu';
import { Check, SunMoon } from 'lucide-react';
import { useMessages } from '../messages/language.ts';
import { setPreferences, themes, usePreferences } from '../preferences/preferences.ts';
import { buttonStyles } from '../ui/button.tsx';
import { floating } from '../ui/floating.ts';

export function ThemeMenu() {
  const { theme: current } = usePreferences();
  const { navigation, settings } = useMessages();
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.icon} aria-label={navigation.themeIs(settings.themes[current])} title={settings.theme}>
        <SunMoon />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            <Menu.RadioGroup value={current} onValueChange={(theme) => setPreferences({ theme })}>
              {themes.map((theme) => (
                <Menu.RadioItem key={theme} value={theme} closeOnClick className={floating.item}>
                  <span className="grow">{settings.themes[theme]}</span>
                  <Menu.RadioItemIndicator>
                    <Check className="size-3.5" />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
