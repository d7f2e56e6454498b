import { Dialog } from '@base-ui/react/dialog';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { Command } from '../../commands/command.ts';
import { isMac, useCommandCenter } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { KeyHint } from '../../ui/key-hint.tsx';

interface KeysDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** `?`: the keys that work on this page, read from the commands themselves. */
export function KeysDialog({ open, onOpenChange }: KeysDialogProps) {
  const { palette, common } = useMessages();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className={`${floating.popup} fixed top-[12vh] left-1/2 max-h-[76vh] w-[min(40rem,94vw)] -translate-x-1/2 overflow-y-auto`}>
          <div className="flex items-center border-b py-2 pr-2 pl-4">
            <Dialog.Title className="grow font-medium text-md">{palette.keys}</Dialog.Title>
            <Dialog.Close className={buttonStyles.icon} aria-label={common.close}>
              <X />
            </Dialog.Close>
          </div>
          <KeyList onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyList({ onDone }: { onDone(): void }) {
  const messages = useMessages().palette;
  const { letterKeys } = usePreferences();
  const center = useCommandCenter();
  const commands = center.commands().filter((command) => command.shortcuts.length > 0);
  const here = commands.filter((command) => command.group === 'here');
  const elsewhere = commands.filter((command) => command.group !== 'here');
  return (
    <>
      {!letterKeys && <p className="px-4 pt-3">{messages.lettersOff}</p>}
      <div className="grid gap-x-8 p-4 sm:grid-cols-2">
        <KeyColumn title={messages.onThisPage} commands={here} />
        <KeyColumn title={messages.everywhere} commands={elsewhere} />
      </div>
      <p className="border-t px-4 py-2">
        <Link to="/settings" search={{}} onClick={onDone} className="text-accent hover:underline">
          {messages.change}
        </Link>
      </p>
    </>
  );
}

function KeyColumn({ title, commands }: { title: string; commands: readonly Command[] }) {
  const { or } = useMessages().palette;
  if (commands.length === 0) return null;
  return (
    <section>
      <h3 className="pb-1 text-soft text-xs">{title}</h3>
      <ul>
        {commands.map((command) => (
          <li key={command.id} className="flex min-h-7 items-center gap-2">
            <span className="min-w-0 grow truncate">{command.label}</span>
            {command.shortcuts.map((shortcut, index) => (
              <span key={shortcut} className="flex items-center gap-2">
                {index > 0 && <span className="text-soft text-xs">{or}</span>}
                <KeyHint keys={printKeys(shortcut, isMac)} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
