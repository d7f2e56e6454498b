import { useSyncExternalStore } from 'react';
import { onPreferences, readPreferences } from '../../preferences/preferences.ts';

const dark = '(prefers-color-scheme: dark)';

function onTheme(listener: () => void): () => void {
  const system = window.matchMedia(dark);
  system.addEventListener('change', listener);
  const end = onPreferences(listener);
  return () => {
    system.removeEventListener('change', listener);
    end();
  };
}

/** Changes with the theme that is shown: what draws for itself draws anew. */
export function useShownTheme(): string {
  return useSyncExternalStore(onTheme, () => `${readPreferences().theme} ${window.matchMedia(dark).matches}`);
}

export type ChartColour = 'accent' | 'pending' | 'medium' | 'high' | 'critical' | 'text' | 'text-soft' | 'line';

/** The tokens' colours as a canvas takes them, resolved where they are shown. */
export function coloursAt(element: HTMLElement): (name: ChartColour) => string {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const colours = new Map<ChartColour, string>();
  for (const name of ['accent', 'pending', 'medium', 'high', 'critical', 'text', 'text-soft', 'line'] as const) {
    probe.style.color = `var(--${name})`;
    colours.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => colours.get(name) ?? 'currentcolor';
}
