import { Menu } from '@base-ui/react/menu';
import { containerScopes } from '@quarterdeck/contract';
import { Box } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { MenuRadios, MenuTick } from '../../ui/menu-entries.tsx';
import { useLogView } from './log-view-context.ts';
import { ToolbarMenu } from './toolbar-menu.tsx';

/** Which containers are read: a scope, or some by name. Sidecars, init and debug containers are off until they are wanted. */
export function ContainerMenu() {
  const { subject, change, facts } = useLogView();
  const { toolbar } = useMessages().logs;
  const { containers } = subject;
  const known = facts.containers;
  if (known.length < 2 && typeof containers === 'string') return null;
  const named = typeof containers === 'string' ? [] : containers;
  const preferred = known.find(({ role }) => role === 'default')?.name;
  const [only] = named;
  const value = typeof containers !== 'string' ? (named.length === 1 && only !== undefined ? only : toolbar.several(named.length)) : scopeLabel();

  function scopeLabel() {
    return containers === 'default' && preferred !== undefined ? preferred : toolbar.scopes[typeof containers === 'string' ? containers : 'default'];
  }

  const toggle = (name: string, wanted: boolean) => {
    const next = wanted ? [...named, name] : named.filter((other) => other !== name);
    change({ containers: next.length === 0 ? 'default' : next });
  };
  return (
    <ToolbarMenu label={toolbar.containers} value={value} icon={<Box className="text-soft" />}>
      <MenuRadios
        label={toolbar.containers}
        value={typeof containers === 'string' ? containers : null}
        options={containerScopes.map((scope) => ({ value: scope, label: toolbar.scopes[scope] }))}
        onChange={(scope) => change({ containers: scope })}
      />
      <Menu.Separator className="my-1 h-px bg-line" />
      {known.map(({ name, role }) => (
        <MenuTick key={name} label={name} note={toolbar.roles[role]} checked={named.includes(name)} onChange={(wanted) => toggle(name, wanted)} />
      ))}
    </ToolbarMenu>
  );
}
