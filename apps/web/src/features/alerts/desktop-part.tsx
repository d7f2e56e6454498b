import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';

type Permission = NotificationPermission | 'unsupported';

function permissionNow(): Permission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}

/** Whether this browser shows notifications; it is asked by a press of the button, and never by itself. */
export function DesktopPart() {
  const messages = useMessages().alerts;
  const [permission, setPermission] = useState<Permission>(permissionNow);
  const ask = () => void Notification.requestPermission().then(setPermission, () => setPermission(permissionNow()));
  return (
    <section aria-labelledby="desktop-title" className="flex flex-col items-start gap-2">
      <h2 id="desktop-title" className="font-semibold text-md">
        {messages.desktop}
      </h2>
      <p className="text-soft">{messages.desktopStates[permission]}</p>
      {permission === 'default' && <Button onClick={ask}>{messages.allow}</Button>}
    </section>
  );
}
