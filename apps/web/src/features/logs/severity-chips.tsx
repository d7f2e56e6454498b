import type { HealthState } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { type SeverityChoice, severityChoices } from './log-subject.ts';
import { useLogView } from './log-view-context.ts';

const marks: Partial<Record<SeverityChoice, HealthState>> = { fatal: 'missing', error: 'critical', warn: 'high' };

/** How many lines say how bad they are; those that are pressed are shown alone. */
export function SeverityChips() {
  const { subject, change, counts } = useLogView();
  const { filter } = useMessages().logs;
  const { language } = usePreferences();
  const { severities } = subject;
  const present = severityChoices.filter((choice) => counts[choice] > 0 || severities.includes(choice));
  if (present.length < 2 && severities.length === 0) return null;
  const toggle = (choice: SeverityChoice) =>
    change({ severities: severities.includes(choice) ? severities.filter((other) => other !== choice) : [...severities, choice] });
  return (
    <fieldset className="flex min-w-0 flex-wrap">
      <legend className="sr-only">{filter.severities}</legend>
      {present.map((choice) => {
        const pressed = severities.includes(choice);
        const state = marks[choice];
        const word = choice === 'none' ? filter.none : choice;
        return (
          <button
            key={choice}
            type="button"
            aria-pressed={pressed}
            onClick={() => toggle(choice)}
            className={`flex h-6 items-center gap-1 rounded border px-1.5 text-xs ${pressed ? 'border-line-strong bg-selected' : 'border-transparent hover:bg-hover'}`}
          >
            {state === undefined ? word : <StatusMark state={state} text={word} />}
            <span className="text-soft">{counts[choice].toLocaleString(language)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
