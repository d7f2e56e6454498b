import { Menu } from '@base-ui/react/menu';
import { Check, Settings2 } from 'lucide-react';
import { useMessages } from '../../../messages/language.ts';
import { type Preferences, setPreferences, terminalCursors, terminalThemes, usePreferences } from '../../../preferences/preferences.ts';
import { buttonStyles } from '../../../ui/button.tsx';
import { floating } from '../../../ui/floating.ts';
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
            <Menu.Item closeOnClick={false} className={floating.item} onClick={() => zoomTerminals(1)}>
              {messages.larger}
            </Menu.Item>
            <Menu.Item closeOnClick={false} className={floating.item} onClick={() => zoomTerminals(-1)}>
              {messages.smaller}
            </Menu.Item>
            <Choices
              label={messages.cursor}
              values={terminalCursors}
              words={messages.cursors}
              chosen={terminal.cursor}
              onChoose={(cursor) => set({ cursor })}
            />
            <Choices label={messages.colours} values={terminalThemes} words={messages.themes} chosen={terminal.theme} onChoose={(theme) => set({ theme })} />
            <Toggle label={messages.cursorBlink} on={terminal.cursorBlink} onChange={(cursorBlink) => set({ cursorBlink })} />
            <Toggle label={messages.bell} on={terminal.bell} onChange={(bell) => set({ bell })} />
            <Toggle label={messages.screenReader} on={terminal.screenReader} onChange={(screenReader) => set({ screenReader })} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ChoicesProps<Value extends string> {
  label: string;
  values: readonly Value[];
  words: Readonly<Record<Value, string>>;
  chosen: Value;
  onChoose(value: Value): void;
}

function Choices<Value extends string>({ label, values, words, chosen, onChoose }: ChoicesProps<Value>) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className={floating.label}>{label}</Menu.GroupLabel>
      <Menu.RadioGroup value={chosen} onValueChange={(next: Value) => onChoose(next)}>
        {values.map((value) => (
          <Menu.RadioItem key={value} value={value} className={floating.item}>
            <span className="grow pr-6">{words[value]}</span>
            <Menu.RadioItemIndicator>
              <Check className="size-3.5" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <Menu.CheckboxItem checked={on} onCheckedChange={onChange} className={floating.item}>
      <span className="grow pr-6">{label}</span>
      <Menu.CheckboxItemIndicator>
        <Check className="size-3.5" />
      </Menu.CheckboxItemIndicator>
    </Menu.CheckboxItem>
  );
}
