import { useSyncExternalStore } from 'react';
import * as z from 'zod';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const densities = ['compact', 'regular', 'relaxed'] as const;
export type Density = (typeof densities)[number];

export const zones = ['local', 'utc'] as const;
export type Zone = (typeof zones)[number];

export const terminalCursors = ['block', 'bar', 'underline'] as const;
/** `page`: the colours of the page. */
export const terminalThemes = ['page', 'dark'] as const;

/** How terminals look and behave. */
const terminalPreferencesSchema = z.object({
  /** Pixels. */
  fontSize: z.number().int().min(6).max(40).catch(13),
  /** As CSS takes it; empty for the page's own. */
  fontFamily: z.string().max(200).catch(''),
  cursor: z.enum(terminalCursors).catch('block'),
  cursorBlink: z.boolean().catch(false),
  theme: z.enum(terminalThemes).catch('page'),
  /** Whether a terminal that rings is seen to. */
  bell: z.boolean().catch(true),
  /** Whether output is told to screen readers, which costs speed. */
  screenReader: z.boolean().catch(false),
});

/** From which severity on somebody is told of an issue by itself. */
export const toldSeverities = ['critical', 'high', 'medium', 'low'] as const;

const assistanceSchema = z.object({
  /** Whether words say what they mean where one points at them. */
  explain: z.boolean().catch(true),
  /** Whether the editor suggests fixes and missing parts, and whether a model may be asked there. */
  suggestions: z.boolean().catch(true),
  modelSuggestions: z.boolean().catch(false),
  /** Whether new issues are said in the corner, and on the desktop. */
  notices: z.boolean().catch(true),
  desktop: z.boolean().catch(false),
  severity: z.enum(toldSeverities).catch('high'),
});
export type Assistance = z.infer<typeof assistanceSchema>;

/** One that can't be read takes its default; the others stay. */
const preferencesSchema = z.object({
  theme: z.enum(themes).catch('system'),
  language: z.enum(languages).catch('en'),
  density: z.enum(densities).catch('regular'),
  /** In which zone times stand. */
  zone: z.enum(zones).catch('local'),
  /** Whether letters alone run commands; keys with Ctrl or ⌘ and Escape always do (WCAG 2.1.4). */
  letterKeys: z.boolean().catch(true),
  /** Keys that somebody chose in place of a command's own, by the command's id. */
  keys: z.record(z.string(), z.array(z.string())).catch({}),
  /** Whether the way in was gone, or put aside. */
  welcomed: z.boolean().catch(false),
  /** The step of the tutorial that comes next; null while it is not running. */
  tutorial: z.number().int().nonnegative().nullable().catch(null),
  terminal: terminalPreferencesSchema.catch(terminalPreferencesSchema.parse({})),
  /** What helps by itself. */
  assistance: assistanceSchema.catch(assistanceSchema.parse({})),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const storageKey = 'quarterdeck.preferences';

const listeners = new Set<() => void>();
let current: Preferences = preferencesSchema.parse({});

export function parsePreferences(text: string | null): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(text ?? '{}'));
  } catch {
    // Not even an object: whatever wrote it, the page must open.
    return preferencesSchema.parse({});
  }
}

/** Reads what was chosen before and follows what other tabs choose; called once, before the first paint. */
export function restorePreferences(storage: Storage, page: Window): void {
  take(storage.getItem(storageKey));
  page.addEventListener('storage', (event) => {
    if (event.key === storageKey) take(event.newValue);
  });
}

function take(text: string | null): void {
  current = parsePreferences(text);
  for (const listener of listeners) listener();
}

export function readPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How this person wants the workbench, in this browser. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, readPreferences);
}

const rowHeights: Record<Density, number> = { compact: 24, regular: 28, relaxed: 36 };

/** Pixels of a table's row. */
export function useRowHeight(): number {
  return rowHeights[usePreferences().density];
}
