export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const themeLabels: Record<Theme, string> = { system: 'Same as the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' };

const storageKey = 'quarterdeck.theme';

const listeners = new Set<() => void>();
let current: Theme = 'system';

function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** Reads the stored choice and puts it on the page; called once, before the first paint. */
export function restoreTheme(): void {
  const stored = localStorage.getItem(storageKey);
  if (isTheme(stored)) current = stored;
  show();
}

export function setTheme(theme: Theme): void {
  current = theme;
  localStorage.setItem(storageKey, theme);
  show();
  for (const listener of listeners) listener();
}

export function readTheme(): Theme {
  return current;
}

export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(): void {
  if (current === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}
