import { Dialog } from '@base-ui/react/dialog';
import { Command as CommandMenu } from 'cmdk';
import type { Command, CommandGroup } from '../../commands/command.ts';
import { isMac, useCommandCenter } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { floating } from '../../ui/floating.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { paletteScore } from './palette-score.ts';

const groups: readonly CommandGroup[] = ['here', 'pages', 'issues', 'kinds', 'clusters', 'look', 'help'];

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
  const { palette: messages, commands: words } = useMessages();
  const center = useCommandCenter();
  const commands = center.commands().filter((command) => command.listed !== false);
  const run = (command: Command) => {
    onDone();
    center.run(command);
  };
  return (
    <CommandMenu label={messages.label} loop filter={paletteScore}>
      <CommandMenu.Input
        autoFocus
        placeholder={messages.placeholder}
        className="h-11 w-full border-b bg-transparent px-4 text-md outline-none placeholder:text-soft"
      />
      <CommandMenu.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1">
        <CommandMenu.Empty className="px-3 py-6 text-center text-soft">{messages.nothing}</CommandMenu.Empty>
        {groups.map((group) => (
          <PaletteGroup key={group} heading={words.groups[group]} commands={commands.filter((command) => command.group === group)} onRun={run} />
        ))}
      </CommandMenu.List>
    </CommandMenu>
  );
}

function PaletteGroup({ heading, commands, onRun }: { heading: string; commands: readonly Command[]; onRun(command: Command): void }) {
  if (commands.length === 0) return null;
  return (
    <CommandMenu.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-soft [&_[cmdk-group-heading]]:text-xs"
    >
      {commands.map((command) => (
        <CommandMenu.Item
          key={command.id}
          value={command.id}
          keywords={[command.label, command.keywords.join(' ')]}
          onSelect={() => onRun(command)}
          className="flex min-h-8 items-center gap-3 rounded-[4px] px-3 py-1 data-[selected=true]:bg-selected"
        >
          <span className="min-w-0 grow truncate">{command.label}</span>
          {command.shortcuts.slice(0, 1).map((shortcut) => (
            <KeyHint key={shortcut} keys={printKeys(shortcut, isMac)} />
          ))}
        </CommandMenu.Item>
      ))}
    </CommandMenu.Group>
  );
}
