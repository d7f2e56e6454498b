import { Menu } from '@base-ui/react/menu';
import type { TerminalBlock, TerminalFinding } from '@quarterdeck/contract';
import type { ReactNode } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { floating } from '../../../ui/floating.ts';
import { MenuEntry } from '../../../ui/menu-entries.tsx';
import { useMay } from '../../session/session.tsx';
import type { BlockActions } from './use-block-actions.ts';

interface BlockMenuProps {
  block: TerminalBlock;
  findings: readonly TerminalFinding[];
  actions: BlockActions;
  insert(text: string): void;
  /** What opens it. */
  trigger: ReactNode;
  label: string;
  className: string;
}

/** Everything that can be done with a command. */
export function BlockMenu({ block, findings, actions, insert, trigger, label, className }: BlockMenuProps) {
  const { terminal: messages, askAbout } = useMessages();
  const mayAsk = useMay('ai:chat');
  const ended = block.endOffset !== null;
  // Only what the shell itself has said can be run again: a program may have written the rest.
  const again = block.trusted && block.command !== null;
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={label} title={label} className={className}>
        {trigger}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={2} className="z-50">
          <Menu.Popup className={`${floating.menu} max-w-96`}>
            {block.command !== null && <MenuEntry label={messages.copyCommand} onClick={() => actions.copyCommand(block)} />}
            {ended && <MenuEntry label={messages.copyOutput} onClick={() => actions.copyOutput(block)} />}
            {ended && block.command !== null && <MenuEntry label={messages.copyBoth} onClick={() => actions.copyBoth(block)} />}
            {again && <MenuEntry label={messages.rerun} onClick={() => actions.rerun(block)} />}
            <MenuEntry label={block.bookmarked ? messages.unbookmark : messages.bookmark} onClick={() => actions.bookmark(block, !block.bookmarked)} />
            {ended && mayAsk && <MenuEntry label={askAbout.action} onClick={() => actions.ask(block)} />}
            {findings.map((finding) => (
              <Menu.Group key={finding.id}>
                <Menu.GroupLabel className={`${floating.label} break-words`}>{finding.title}</Menu.GroupLabel>
                {finding.suggestion !== null && (
                  <MenuEntry label={messages.insertSuggestion(finding.suggestion)} onClick={() => insert(finding.suggestion ?? '')} />
                )}
                {mayAsk && <MenuEntry label={messages.explain} onClick={() => actions.ask(block, finding)} />}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
