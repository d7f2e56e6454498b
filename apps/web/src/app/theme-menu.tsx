import { Menu } from '@base-ui/react/menu';
import { Check, SunMoon } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { onTheme, readTheme, setTheme, themeLabels, themes } from '../theme/theme.ts';
import { buttonStyles } from '../ui/button.tsx';
import { floating } from '../ui/floating.ts';

export function ThemeMenu() {
  const current = useSyncExternalStore(onTheme, readTheme);
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.icon} aria-label={`Theme: ${themeLabels[current]}`} title="Theme">
        <SunMoon />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            <Menu.RadioGroup value={current} onValueChange={setTheme}>
              {themes.map((theme) => (
                <Menu.RadioItem key={theme} value={theme} closeOnClick className={floating.item}>
                  <span className="grow">{themeLabels[theme]}</span>
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
