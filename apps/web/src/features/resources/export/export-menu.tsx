import { Menu } from '@base-ui/react/menu';
import { Download } from 'lucide-react';
import { useMessages } from '../../../messages/language.ts';
import { buttonStyles, TextButton } from '../../../ui/button.tsx';
import { floating } from '../../../ui/floating.ts';
import type { ActionTarget } from '../../object-actions/object-action.ts';
import type { AskedList } from '../read-rows.ts';
import { mostObjects, type ObjectFormat } from './export-objects.ts';
import { useExport } from './use-export.ts';

interface ExportMenuProps {
  list: AskedList;
  /** The columns that are shown, in order. */
  ids: readonly string[];
  /** Rows that match. */
  total: number;
  chosen: readonly ActionTarget[];
}

/** The list as a file: rows as a table, or the objects themselves, all that match or what is chosen. */
export function ExportMenu({ list, ids, total, chosen }: ExportMenuProps) {
  const messages = useMessages().resources.export;
  const common = useMessages().common;
  const file = useExport(list);
  if (file.running !== null) {
    return (
      <span className="flex items-center gap-2 self-center text-soft text-xs" role="status">
        {messages.running(file.running.read, file.running.of)}
        <TextButton onClick={file.cancel}>{common.cancel}</TextButton>
      </span>
    );
  }
  const objects = chosen.map(({ object }) => object);
  const formats: readonly ObjectFormat[] = ['yaml', 'json'];
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.icon} aria-label={messages.choose} title={messages.choose} disabled={total === 0 && chosen.length === 0}>
        <Download />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            <Menu.Item className={floating.item} onClick={() => file.rows(ids, total)}>
              {messages.rows(total)}
            </Menu.Item>
            <Menu.Separator className="my-1 h-px bg-line" />
            {chosen.length > 0 &&
              formats.map((format) => (
                <Menu.Item key={format} className={floating.item} onClick={() => file.objects(format, objects, total)}>
                  {messages.chosen(format.toUpperCase(), Math.min(mostObjects, chosen.length))}
                </Menu.Item>
              ))}
            {formats.map((format) => (
              <Menu.Item key={`all ${format}`} className={floating.item} onClick={() => file.objects(format, [], total)}>
                {messages.all(format.toUpperCase(), Math.min(mostObjects, total))}
              </Menu.Item>
            ))}
            {Math.max(total, chosen.length) > mostObjects && <p className={floating.label}>{messages.most(mostObjects)}</p>}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
