import { Menu } from '@base-ui/react/menu';
import { SlidersHorizontal } from 'lucide-react';
import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { floating } from '../../ui/floating.ts';
import { MenuRadios, MenuTick } from '../../ui/menu-entries.tsx';
import { seenFields } from './line-fields.ts';
import { timeForms } from './log-subject.ts';
import { useLogView } from './log-view-context.ts';
import { ToolbarMenu } from './toolbar-menu.tsx';

export const contexts = [0, 2, 5, 10] as const;
const mostListed = 20;

/** How lines are shown: times, wrapping, what is around matches, fields as columns. */
export function DisplayMenu() {
  const { subject, change } = useLogView();
  const { display } = useMessages().logs;
  return (
    <ToolbarMenu label={display.label} value="" icon={<SlidersHorizontal className="text-soft" />}>
      <MenuRadios
        label={display.times}
        value={subject.time}
        options={timeForms.map((time) => ({ value: time, label: display.timeForms[time] }))}
        onChange={(time) => change({ time })}
      />
      <Menu.Separator className="my-1 h-px bg-line" />
      <MenuTick label={display.wrap} note="w" checked={subject.wrap} onChange={(wrap) => change({ wrap })} />
      <Menu.Separator className="my-1 h-px bg-line" />
      <MenuRadios
        label={display.context}
        value={String(subject.context)}
        options={contexts.map((context) => ({ value: String(context), label: display.contextOf(context) }))}
        onChange={(context) => change({ context: Number(context) })}
      />
      <Menu.Separator className="my-1 h-px bg-line" />
      <FieldTicks />
    </ToolbarMenu>
  );
}

/** Those of the last lines, and those that have a column. */
function FieldTicks() {
  const { subject, change, loaded } = useLogView();
  const { display } = useMessages().logs;
  const seen = useMemo(() => seenFields(loaded).slice(0, mostListed), [loaded]);
  const names = [...new Set([...subject.fields, ...seen])];
  return (
    <Menu.Group>
      <Menu.GroupLabel className={floating.label}>{display.fields}</Menu.GroupLabel>
      {names.length === 0 && <p className="max-w-60 px-2 pb-1 text-soft text-xs">{display.noFields}</p>}
      {names.map((name) => (
        <MenuTick
          key={name}
          label={name}
          checked={subject.fields.includes(name)}
          onChange={(wanted) => change({ fields: wanted ? [...subject.fields, name] : subject.fields.filter((other) => other !== name) })}
        />
      ))}
    </Menu.Group>
  );
}
