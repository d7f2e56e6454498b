import { Dialog } from '@base-ui/react/dialog';
import { useMessages } from '../../messages/language.ts';
import { floating } from '../../ui/floating.ts';
import { NamespacePicker } from '../namespaces/namespace-picker.tsx';
import { Navigation } from './navigation.tsx';

interface NavigationSheetProps {
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** The navigation where there is no room for it beside the page. */
export function NavigationSheet({ open, onOpenChange }: NavigationSheetProps) {
  const messages = useMessages().navigation;
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className="slides-in-left fixed inset-y-0 left-0 z-50 w-64 overflow-y-auto bg-canvas shadow-float outline-none">
          <Dialog.Title className="sr-only">{messages.sheet}</Dialog.Title>
          <div className="border-b p-2">
            <NamespacePicker />
          </div>
          <Navigation collapsed={false} onExpand={() => undefined} onNavigate={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
