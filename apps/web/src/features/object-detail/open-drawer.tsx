import { useNavigate } from '@tanstack/react-router';
import { Maximize2 } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useObjectKeys } from '../object-actions/use-object-keys.ts';
import type { ObjectAddress } from '../objects/object-key.ts';
import { HeadingActions, ObjectHeading } from './object-heading.tsx';
import { ObjectView } from './object-view.tsx';
import { useAddressedObject, useOpenObject } from './use-open-object.ts';

interface OpenDrawerProps {
  objectKey: string;
  address: ObjectAddress;
  section: string | undefined;
  onClose(): void;
}

export default function OpenDrawer({ objectKey, address, section, onClose }: OpenDrawerProps) {
  const messages = useMessages().objectDetail;
  const navigate = useNavigate();
  const open = useOpenObject(address);
  const object = useAddressedObject(address, open.known);
  const enlarge = () =>
    void navigate({
      to: '/objects/$',
      params: { _splat: objectKey },
      search: (before) => ({ cluster: before.cluster, ns: before.ns, view: section }),
      state: { fromDrawer: true },
    });
  useFullPageKey(messages.fullPage, enlarge);
  useObjectKeys(useMemo(() => [{ object }], [object]));
  return (
    <SidePanel
      label={`${object.kind} ${object.name}`}
      onClose={onClose}
      scrolls={false}
      title={<ObjectHeading object={object} open={open} level="h2" />}
      actions={
        <>
          <HeadingActions object={object} open={open} />
          <Button look="icon" aria-label={messages.fullPage} title={`${messages.fullPage} (⏎)`} onClick={enlarge}>
            <Maximize2 />
          </Button>
        </>
      }
    >
      <ObjectView
        address={address}
        object={object}
        open={open}
        section={section}
        onSection={(id) => void navigate({ to: '.', search: (before) => ({ ...before, section: id }) })}
      />
    </SidePanel>
  );
}

function useFullPageKey(label: string, run: () => void): void {
  const commands = useMemo(
    () => [{ id: 'full-page', label, group: 'here' as const, keywords: ['drawer', 'page'], shortcuts: ['Enter'], when: () => true, run }],
    [label, run],
  );
  useCommands(commands);
}
