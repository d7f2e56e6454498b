import { Menu } from '@base-ui/react/menu';
import { type IssueDetail, type Plan, planShell } from '@quarterdeck/contract';
import { Check, ChevronDown } from 'lucide-react';
import { always } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { useCopy } from '../../ui/copy-button.tsx';
import { floating } from '../../ui/floating.ts';
import { saveFile } from '../../ui/save-file.ts';
import { issueMarkdown } from './issue-markdown.ts';

/** `plan` is the one on the page; null while there is none. */
export function CopyMenu({ issue, plan }: { issue: IssueDetail; plan: Plan | null }) {
  const messages = useMessages().issueDetail;
  const { copied, copy } = useCopy();
  useCommands([
    {
      ...{ id: 'copy-markdown', label: messages.copyAsMarkdown, group: 'here', keywords: ['ticket', 'chat', 'report'], shortcuts: ['m'] },
      when: always,
      run: () => copy(issueMarkdown(issue, plan)),
    },
  ]);
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.plain}>
        {copied ? (
          <>
            <Check className="text-healthy" /> {messages.copied}
          </>
        ) : (
          <>
            {messages.copy} <ChevronDown className="text-soft" />
          </>
        )}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            <Menu.Item className={floating.item} onClick={() => copy(issueMarkdown(issue, plan))}>
              {messages.copyMarkdown}
            </Menu.Item>
            {plan !== null && (
              <>
                <Menu.Item className={floating.item} onClick={() => copy(planShell(issue, plan))}>
                  {messages.copyShell}
                </Menu.Item>
                <Menu.Item className={floating.item} onClick={() => copy(JSON.stringify(plan, null, 2))}>
                  {messages.copyJson}
                </Menu.Item>
                <Menu.Separator className="my-1 h-px bg-line" />
                {planFiles(issue, plan).map(({ name, type, text }) => (
                  <Menu.Item key={name} className={floating.item} onClick={() => saveFile(new Blob([text], { type }), name)}>
                    {messages.savePlan(name)}
                  </Menu.Item>
                ))}
                <Menu.Separator className="my-1 h-px bg-line" />
              </>
            )}
            <Menu.Item className={floating.item} onClick={() => copy(location.href)}>
              {messages.copyLink}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** The plan in each form that it can be taken away in. */
function planFiles(issue: IssueDetail, plan: Plan): { name: string; type: string; text: string }[] {
  return [
    { name: 'plan.md', type: 'text/markdown', text: issueMarkdown(issue, plan) },
    { name: 'plan.json', type: 'application/json', text: `${JSON.stringify(plan, null, 2)}\n` },
    { name: 'plan.sh', type: 'text/x-shellscript', text: planShell(issue, plan) },
  ];
}
