import { useSyncExternalStore } from 'react';
import { en, type Messages } from './en/index.ts';

export type { Messages };

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** Each in its own words, for whoever reads no other. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** English is on the page anyway; another language is fetched when somebody chooses it. */
const load: Record<Language, () => Promise<Messages>> = {
  en: async () => en,
  de: async () => (await import('./de/index.ts')).de,
};

const storageKey = 'quarterdeck.language';
const listeners = new Set<() => void>();
let current: { language: Language; messages: Messages } = { language: 'en', messages: en };

function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** Puts the stored choice in force; called once, before the first paint. */
export async function restoreLanguage(): Promise<void> {
  const stored = localStorage.getItem(storageKey);
  if (isLanguage(stored) && stored !== current.language) await show(stored);
}

/** Rejects where the language can't be fetched; the page stays as it was then. */
export async function setLanguage(language: Language): Promise<void> {
  await show(language);
  localStorage.setItem(storageKey, language);
}

async function show(language: Language): Promise<void> {
  current = { language, messages: await load[language]() };
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, () => current.language);
}

/** All that the page says, in the language that is chosen; what the cluster and the server say stays as they say it. */
export function useMessages(): Messages {
  return useSyncExternalStore(onLanguage, () => current.messages);
}
