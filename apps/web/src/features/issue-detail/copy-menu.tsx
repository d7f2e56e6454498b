import { Menu } from '@base-ui/react/menu';
import { type IssueDetail, type Plan, planShell } from '@quarterdeck/contract';
import { Check, ChevronDown } from 'lucide-react';
import { buttonStyles } from '../../ui/button.tsx';
import { useCopy } from '../../ui/copy-button.tsx';
import { floating } from '../../ui/floating.ts';
import { issueMarkdown } from './issue-markdown.ts';

/** `plan` is the one on the page; null while there is none. */
export function CopyMenu({ issue, plan }: { issue: IssueDetail; plan: Plan | null }) {
  const { copied, copy } = useCopy();
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.plain}>
        {copied ? (
          <>
            <Check className="text-healthy" /> Copied
          </>
        ) : (
          <>
            Copy <ChevronDown className="text-soft" />
          </>
        )}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            <Menu.Item className={floating.item} onClick={() => copy(issueMarkdown(issue, plan))}>
              As Markdown
            </Menu.Item>
            {plan !== null && (
              <Menu.Item className={floating.item} onClick={() => copy(planShell(issue, plan))}>
                Plan as shell script
              </Menu.Item>
            )}
            <Menu.Item className={floating.item} onClick={() => copy(location.href)}>
              Link to this page
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
