import { sentParts } from '../model-runs/sent-parts.ts';

/** A text as it is sent: where a secret was hidden or a name replaced, it is marked. */
export function MarkedText({ text, aliased }: { text: string; aliased: boolean }) {
  return (
    <pre className="whitespace-pre-wrap break-words rounded border border-line bg-sunken p-2 font-mono text-code">
      {sentParts(text, aliased).map(({ text: part, mark }, index) => {
        if (mark === null) return part;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts keep their places.
          <mark key={index} data-mark={mark}>
            {part}
          </mark>
        );
      })}
    </pre>
  );
}
