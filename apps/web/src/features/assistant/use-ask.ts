import type { AskedFocus, Attachment } from '@quarterdeck/contract';
import { useSyncExternalStore } from 'react';

/** What somebody wants of the assistant, from wherever on the page. */
export interface AskRequest {
  /** Stands in the box, to be sent or changed. */
  question?: string;
  /** What it is about, where that is not what the page shows. */
  focus?: Partial<AskedFocus>;
  attachments?: readonly Attachment[];
  /** Sends it at once. */
  send?: boolean;
}

interface Sidebar {
  open: boolean;
  /** Who takes it makes it null again: it is asked once. */
  request: AskRequest | null;
}

const openKey = 'quarterdeck.assistant.open';
const listeners = new Set<() => void>();
let sidebar: Sidebar | null = null;

/** Open beside the page or not belongs to the browser's tab: a reload finds it as it was. */
export function readSidebar(): Sidebar {
  sidebar ??= { open: sessionStorage.getItem(openKey) === 'true', request: null };
  return sidebar;
}

function set(next: Sidebar): void {
  sidebar = next;
  sessionStorage.setItem(openKey, String(next.open));
  for (const listener of listeners) listener();
}

function onSidebar(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens the assistant beside the page, with what is asked of it. */
export function ask(request: AskRequest): void {
  set({ open: true, request });
}

/** What nobody has taken yet; whoever takes it does what it says. */
export function takeRequest(): AskRequest | null {
  const { open, request } = readSidebar();
  if (request !== null) set({ open, request: null });
  return request;
}

export function openSidebar(open: boolean): void {
  set({ ...readSidebar(), open });
}

export function useSidebar(): Sidebar {
  return useSyncExternalStore(onSidebar, readSidebar);
}
