import type { ValueChange } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';

/** What a change wrote, behind a line: values where they are known, else the places. Nothing where neither is. */
export function FieldChanges({ fields }: { fields: readonly ValueChange[] }) {
  const messages = useMessages().issueDetail;
  if (fields.length === 0) return null;
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm text-soft text-xs hover:text-ink">{messages.fields(fields.length)}</summary>
      <ul className="mt-1 flex flex-col gap-1 border-line border-l-2 pl-3 font-mono text-code">
        {fields.map(({ path, from, to }) => (
          <li key={path} className="break-all">
            <span className="text-soft">{path}</span>
            {(from !== null || to !== null) && (
              <span className="block">
                <del className="decoration-critical">{from ?? messages.none}</del> <span aria-hidden="true">→</span>{' '}
                <ins className="no-underline">{to ?? messages.none}</ins>
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
