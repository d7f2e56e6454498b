import { Menu } from '@base-ui/react/menu';
import { EllipsisVertical } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { useLogView } from './log-view-context.ts';
import type { ExportForm } from './use-log-export.ts';

interface MoreMenuProps {
  exporting: boolean;
  onExport(form: ExportForm): void;
  onCancel(): void;
}

/** What is done with the log as a whole. */
export function MoreMenu({ exporting, onExport, onCancel }: MoreMenuProps) {
  const { lines, actions, clear, setHistory } = useLogView();
  const { toolbar } = useMessages().logs;
  if (exporting) {
    return (
      <Button look="quiet" onClick={onCancel} title={toolbar.cancelExport}>
        {toolbar.exporting}…
      </Button>
    );
  }
  const items: [string, () => void][] = [
    [toolbar.history, () => setHistory(true)],
    [toolbar.copyShown, () => actions.copy(lines)],
    [toolbar.exportText, () => onExport('text')],
    [toolbar.exportJson, () => onExport('jsonl')],
    [toolbar.clear, clear],
  ];
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={toolbar.more} title={toolbar.more} className={buttonStyles.icon}>
        <EllipsisVertical />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            {items.map(([label, run]) => (
              <Menu.Item key={label} className={floating.item} onClick={run}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
