import { type Evidence, refKey } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { Clock } from '../../ui/time.tsx';
import { aboutEvidence } from '../ask-about/ask-about.ts';
import { AskAboutButton } from '../ask-about/ask-button.tsx';
import { Explained } from '../explain/explained.tsx';
import { LogLink } from '../logs/log-link.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { markValue } from './mark-value.ts';

const firstPieces = 8;

/** What was seen, the deciding pieces first, each with the place it was seen at. */
export function EvidenceList({ evidence, issueId }: { evidence: readonly Evidence[]; issueId: string }) {
  const messages = useMessages().issueDetail;
  const [all, setAll] = useState(false);
  const ordered = evidence.toSorted((a, b) => Number(b.decisive) - Number(a.decisive));
  const shown = all ? ordered : ordered.slice(0, firstPieces);
  return (
    <>
      <ul className="flex flex-col">
        {shown.map((piece) => (
          <Piece key={`${piece.source} ${refKey(piece.object)} ${piece.container} ${piece.path} ${piece.text}`} piece={piece} issueId={issueId} />
        ))}
      </ul>
      {ordered.length > shown.length && (
        <TextButton className="mt-2" onClick={() => setAll(true)}>
          {messages.moreEvidence(ordered.length - shown.length)}
        </TextButton>
      )}
    </>
  );
}

function Piece({ piece, issueId }: { piece: Evidence; issueId: string }) {
  const { issueDetail: messages, askAbout } = useMessages();
  const { source, object, path, container, at, count: times } = piece;
  const isText = source === 'log' || source === 'event';
  return (
    <li className={`border-l-2 py-1.5 pl-3 ${piece.decisive ? 'border-accent-fill' : 'border-line'}`}>
      <p className={`break-words ${isText ? 'font-mono text-code' : ''}`}>
        {piece.decisive && <span className="sr-only">{messages.decisive} </span>}
        <MarkedText text={piece.text} value={piece.decisive ? piece.value : null} />
      </p>
      <p className="mt-0.5 flex min-w-0 flex-wrap items-center gap-x-2 text-soft text-xs">
        <Explained as="text" what={piece.text} object={object}>
          {messages.sources[source]}
        </Explained>
        <ObjectChip object={object} exists={source !== 'absence'} />
        {container !== null && (
          <span>
            {messages.container} {container}
          </span>
        )}
        {path !== null && <span className="break-all font-mono">{path}</span>}
        {at !== null && <Clock at={at} />}
        {times !== null && times > 1 && !piece.text.includes(`${times} times`) && <span>×{times}</span>}
        <LogLink piece={piece} />
        <AskAboutButton about={piece.text.slice(0, 60)} className="h-5! w-5!" request={() => aboutEvidence(piece, issueId, askAbout)} />
      </p>
    </li>
  );
}

function MarkedText({ text, value }: { text: string; value: string | null }) {
  const marked = markValue(text, value);
  if (marked === null) return text;
  return (
    <>
      {marked.before}
      <mark>{marked.value}</mark>
      {marked.after}
    </>
  );
}
