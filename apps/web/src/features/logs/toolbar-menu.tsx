import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';

/** A button of the toolbar that says what is chosen and opens what else there is. */
export function ToolbarMenu({ label, value, icon, children }: { label: string; value: ReactNode; icon?: ReactNode; children: ReactNode }) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={typeof value === 'string' && value !== '' ? `${label}: ${value}` : label}
        title={label}
        className={`${buttonStyles.quiet} min-w-0`}
      >
        {icon}
        {value !== '' && <span className="max-w-44 truncate">{value}</span>}
        <ChevronDown className="text-soft" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start" className="z-50">
          <Menu.Popup className={floating.menu}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
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
