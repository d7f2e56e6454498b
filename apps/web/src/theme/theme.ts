import { onPreferences, readPreferences } from '../preferences/preferences.ts';

/** Puts the chosen theme on the page, now and whenever another one is chosen. */
export function followTheme(): void {
  show();
  onPreferences(show);
}

function show(): void {
  const { theme } = readPreferences();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
