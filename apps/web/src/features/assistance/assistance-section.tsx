import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { type Assistance, setPreferences, toldSeverities, usePreferences } from '../../preferences/preferences.ts';
import { Choice, Tick } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { DesktopPart } from '../alerts/desktop-part.tsx';

type Switch = 'explain' | 'suggestions' | 'modelSuggestions' | 'notices' | 'desktop';

/** What helps by itself, each to be turned off. */
export function AssistanceSection() {
  const words = useMessages().assistance;
  const { assistance } = usePreferences();
  const set = (change: Partial<Assistance>) => setPreferences({ assistance: { ...assistance, ...change } });
  const tick = (name: Switch, disabled = false) => (
    <Tick label={words[name]} checked={assistance[name]} disabled={disabled} onChange={({ target }) => set({ [name]: target.checked })} />
  );
  return (
    <Section title={words.title}>
      <div className="flex max-w-3xl flex-col items-start gap-2">
        <p className="text-soft">{words.note}</p>
        {tick('explain')}
        {tick('suggestions')}
        {tick('modelSuggestions', !assistance.suggestions)}
        {tick('notices')}
        {assistance.notices && (
          <div className="flex flex-col items-start gap-2 pl-6">
            <Choice
              label={words.severity}
              value={assistance.severity}
              options={toldSeverities.map((value) => ({ value, label: words.severities[value] }))}
              onChange={({ target }) => set({ severity: toldSeverities.find((each) => each === target.value) ?? assistance.severity })}
            />
            {tick('desktop')}
            {assistance.desktop && <DesktopPart />}
            <p className="text-soft">
              {words.quiet}{' '}
              <Link to="/alerts" search={{}} className="text-accent underline">
                {words.toAlerts}
              </Link>
            </p>
          </div>
        )}
      </div>
    </Section>
  );
}
