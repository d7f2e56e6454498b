import { Link } from '@tanstack/react-router';
import { languageNames, useMessages } from '../../messages/language.ts';
import { densities, languages, setPreferences, themes, zones } from '../../preferences/preferences.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { KeySettings } from './key-settings.tsx';
import { PreferenceChoice } from './preference-choice.tsx';

/** How the workbench looks and which keys it takes, for this person in this browser. */
export function SettingsPage() {
  const { assistance, pages, settings, welcome } = useMessages();
  return (
    <>
      <PageHeader title={pages.settings} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-4xl flex-col gap-6 p-4">
          <Section title={settings.look}>
            <div className="flex flex-col gap-3">
              <PreferenceChoice label={settings.theme} name="theme" values={themes} words={settings.themes} />
              <PreferenceChoice label={settings.density} name="density" values={densities} words={settings.densities} />
              <PreferenceChoice label={settings.language} name="language" values={languages} words={languageNames}>
                {settings.languageNote}
              </PreferenceChoice>
              <PreferenceChoice label={settings.zone} name="zone" values={zones} words={settings.zones} />
              <p className="text-soft">{settings.kept}</p>
            </div>
          </Section>
          <Section title={welcome.title}>
            <div className="flex gap-3">
              <Link to="/welcome" search={{}} className={buttonStyles.plain}>
                {welcome.setUp}
              </Link>
              <Button onClick={() => setPreferences({ tutorial: 0 })}>{welcome.tutorial}</Button>
            </div>
          </Section>
          <Section title={assistance.title}>
            <Link to="/ai/assistance" search={{}} className={buttonStyles.plain}>
              {assistance.choose}
            </Link>
          </Section>
          <Section title={settings.keys}>
            <KeySettings />
          </Section>
        </div>
      </div>
    </>
  );
}
