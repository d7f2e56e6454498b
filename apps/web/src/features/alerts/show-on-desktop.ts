/** A notification of the browser, where it was allowed; one of the same tag takes the place of the one before. */
export function showOnDesktop({ title, text, tag }: { title: string; text: string; tag: string }, onClick: () => void): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { body: text, tag });
  notification.onclick = () => {
    window.focus();
    notification.close();
    onClick();
  };
}
