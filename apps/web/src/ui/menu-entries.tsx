import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { floating } from './floating.ts';

interface EntryProps {
  label: string;
  /** Left open for the next press. */
  stays?: boolean;
  onClick(): void;
}

/** Something to do. */
export function MenuEntry({ label, stays = false, onClick }: EntryProps) {
  return (
    <Menu.Item closeOnClick={!stays} className={floating.item} onClick={onClick}>
      {label}
    </Menu.Item>
  );
}

interface RadiosProps<Value extends string> {
  label: string;
  value: Value | null;
  options: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
}

/** One of several, under a quiet title. */
export function MenuRadios<Value extends string>({ label, value, options, onChange }: RadiosProps<Value>) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className={floating.label}>{label}</Menu.GroupLabel>
      <Menu.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
        {options.map((option) => (
          <Menu.RadioItem key={option.value} value={option.value} closeOnClick className={floating.item}>
            <span className="grow pr-4">{option.label}</span>
            <Menu.RadioItemIndicator>
              <Check className="size-3.5" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

interface TickProps {
  label: string;
  note?: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

/** Something that is so or is not; the menu stays open for the next. */
export function MenuTick({ label, note = '', checked, onChange }: TickProps) {
  return (
    <Menu.CheckboxItem checked={checked} onCheckedChange={onChange} className={`${floating.item} max-w-80`}>
      <span className="flex w-3.5 shrink-0">
        <Menu.CheckboxItemIndicator>
          <Check className="size-3.5" />
        </Menu.CheckboxItemIndicator>
      </span>
      <span className="min-w-0 grow truncate pr-3" title={label}>
        {label}
      </span>
      {note !== '' && <span className="shrink-0 text-soft text-xs">{note}</span>}
    </Menu.CheckboxItem>
  );
}
