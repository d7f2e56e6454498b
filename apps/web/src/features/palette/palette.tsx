import { Dialog } from '@base-ui/react/dialog';
import { type FoundObject, toAppError } from '@quarterdeck/contract';
import { useNavigate } from '@tanstack/react-router';
import { Command as CommandMenu } from 'cmdk';
import { type ReactNode, useState } from 'react';
import type { Command, CommandGroup } from '../../commands/command.ts';
import { isMac, useCommandCenter } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { floating } from '../../ui/floating.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { objectKey } from '../objects/object-key.ts';
import { paletteScore } from './palette-score.ts';
import { useFoundObjects } from './use-found-objects.ts';

const before: readonly CommandGroup[] = ['here', 'pages', 'issues', 'kinds'];
const after: readonly CommandGroup[] = ['clusters', 'look', 'help'];

interface PaletteProps {
  open: boolean;
  onOpenChange(open: boolean): void;
}

export function Palette({ open, onOpenChange }: PaletteProps) {
  const messages = useMessages().palette;
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className={`${floating.popup} fixed top-[12vh] left-1/2 w-[min(38rem,94vw)] -translate-x-1/2 overflow-hidden`}>
          <Dialog.Title className="sr-only">{messages.label}</Dialog.Title>
          <PaletteList onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ onDone }: { onDone(): void }) {
  const messages = useMessages().palette;
  const center = useCommandCenter();
  const [typed, setTyped] = useState('');
  const commands = center.commands().filter((command) => command.listed !== false);
  const run = (command: Command) => {
    onDone();
    center.run(command);
  };
  const group = (name: CommandGroup) => <PaletteGroup key={name} name={name} commands={commands.filter((command) => command.group === name)} onRun={run} />;
  return (
    <CommandMenu label={messages.label} loop filter={paletteScore}>
      <CommandMenu.Input
        autoFocus
        value={typed}
        onValueChange={setTyped}
        placeholder={messages.placeholder}
        className="h-11 w-full border-b bg-transparent px-4 text-md outline-none placeholder:text-soft"
      />
      <CommandMenu.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1">
        {before.map(group)}
        <FoundObjects typed={typed} onDone={onDone} />
        {after.map(group)}
      </CommandMenu.List>
    </CommandMenu>
  );
}

const item = 'flex min-h-8 items-center gap-3 rounded-[4px] px-3 py-1 data-[selected=true]:bg-selected';

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <CommandMenu.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-soft [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </CommandMenu.Group>
  );
}

function PaletteGroup({ name, commands, onRun }: { name: CommandGroup; commands: readonly Command[]; onRun(command: Command): void }) {
  const heading = useMessages().commands.groups[name];
  if (commands.length === 0) return null;
  return (
    <Group heading={heading}>
      {commands.map((command) => (
        <CommandMenu.Item
          key={command.id}
          value={command.id}
          keywords={[command.label, command.keywords.join(' ')]}
          onSelect={() => onRun(command)}
          className={item}
        >
          <span className="min-w-0 grow truncate">{command.label}</span>
          {command.shortcuts.slice(0, 1).map((shortcut) => (
            <KeyHint key={shortcut} keys={printKeys(shortcut, isMac)} />
          ))}
        </CommandMenu.Item>
      ))}
    </Group>
  );
}

/** What the cluster has of that name. The server has judged already, so that the menu's own filter is told that all of it fits. */
function FoundObjects({ typed, onDone }: { typed: string; onDone(): void }) {
  const { palette: messages, commands } = useMessages();
  const { items, error, searching } = useFoundObjects(typed);
  const navigate = useNavigate();
  const open = (found: FoundObject) => {
    onDone();
    void navigate({ to: '.', search: (before) => ({ ...before, open: objectKey(found.object), section: undefined }) });
  };
  const note = error !== null ? messages.notSearched(toAppError(error).message) : searching ? messages.searching : null;
  return (
    <>
      {items.length > 0 && (
        <Group heading={commands.groups.objects}>
          {items.map((found) => (
            <FoundItem key={objectKey(found.object)} found={found} typed={typed} onOpen={() => open(found)} />
          ))}
        </Group>
      )}
      {items.length === 0 && note !== null && (
        <p role="status" className="px-3 py-2 text-soft">
          {note}
        </p>
      )}
      {items.length === 0 && note === null && <CommandMenu.Empty className="px-3 py-6 text-center text-soft">{messages.nothing}</CommandMenu.Empty>}
    </>
  );
}

function FoundItem({ found: { object, state, stateText, by }, typed, onOpen }: { found: FoundObject; typed: string; onOpen(): void }) {
  return (
    <CommandMenu.Item value={`object:${objectKey(object)}`} keywords={[typed]} onSelect={onOpen} className={item}>
      <StatusMark state={state} text={stateText} compact />
      <span className="shrink-0 text-soft">{object.kind}</span>
      <span className="min-w-0 grow font-mono text-code">
        <Middle text={object.name} />
      </span>
      {by !== null && <span className="min-w-0 max-w-40 truncate font-mono text-code text-soft">{by}</span>}
      {object.namespace !== null && <span className="min-w-0 max-w-40 truncate text-soft">{object.namespace}</span>}
    </CommandMenu.Item>
  );
}
