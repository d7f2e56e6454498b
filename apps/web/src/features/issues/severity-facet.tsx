import { type Severity, severities } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

interface SeverityFacetProps {
  counts: Readonly<Record<Severity, number>>;
  chosen: string | undefined;
  onChoose(severity: Severity | undefined): void;
}

/** How many there are of each severity; a click shows those alone, a second click all again. */
export function SeverityFacet({ counts, chosen, onChoose }: SeverityFacetProps) {
  const messages = useMessages().issues;
  const present = severities.filter((severity) => counts[severity] > 0 || severity === chosen);
  if (present.length === 0) return null;
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{messages.severity}</legend>
      {present.map((severity) => (
        <button
          key={severity}
          type="button"
          aria-pressed={severity === chosen}
          onClick={() => onChoose(severity === chosen ? undefined : severity)}
          className={`flex h-7 items-center gap-1.5 rounded border px-2 ${severity === chosen ? 'border-line-strong bg-selected' : 'border-transparent hover:bg-hover'}`}
        >
          <StatusMark state={severity} />
          <span>{counts[severity]}</span>
        </button>
      ))}
    </fieldset>
  );
}
