import type { HelmRelease } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';

/** What the chart says to whoever installed it. */
export function ReleaseNotes({ release: { notes } }: { release: HelmRelease }) {
  const messages = useMessages().helm;
  if (notes.trim() === '') return <p className="text-soft">{messages.noNotes}</p>;
  return <pre className="whitespace-pre-wrap break-words font-mono text-code">{notes.trim()}</pre>;
}
