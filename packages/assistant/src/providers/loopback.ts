/** Whether a URL leads to this machine itself, or to a file on it. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  if (new URL(url).protocol === 'file:') return true;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
