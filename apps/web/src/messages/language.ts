import { useSyncExternalStore } from 'react';
import { type Language, onPreferences, readPreferences } from '../preferences/preferences.ts';
import { en, type Messages } from './en/index.ts';

export type { Messages };

/** Each in its own words, for whoever reads no other. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** English is on the page anyway; another language is fetched when somebody chooses it. */
const load: Record<Language, () => Promise<Messages>> = {
  en: async () => en,
  de: async () => (await import('./de/index.ts')).de,
};

const listeners = new Set<() => void>();
let current: { language: Language; messages: Messages } = { language: 'en', messages: en };

/** Resolves when the chosen language is there, and shows another one whenever it is chosen. A language that can't be fetched leaves the page as it is. */
export async function followLanguage(onFailure: (thrown: unknown) => void): Promise<void> {
  const follow = () => show(readPreferences().language).catch(onFailure);
  onPreferences(() => void follow());
  await follow();
}

async function show(language: Language): Promise<void> {
  if (language === current.language) return;
  const messages = await load[language]();
  // Somebody may have chosen again meanwhile.
  if (readPreferences().language !== language) return;
  current = { language, messages };
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For what is said outside of components, at the moment when it is said. */
export function currentMessages(): Messages {
  return current.messages;
}

/** All that the page says, in the language that is chosen; what the cluster and the server say stays as they say it. */
export function useMessages(): Messages {
  return useSyncExternalStore(onLanguage, currentMessages);
}
