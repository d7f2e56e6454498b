import type { ReactNode } from 'react';
import { languageNames, useMessages } from '../../messages/language.ts';
import { densities, languages, type Preferences, setPreferences, themes, usePreferences, zones } from '../../preferences/preferences.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Part } from '../../ui/part.tsx';
import { KeySettings } from './key-settings.tsx';

/** How the workbench looks and which keys it takes, for this person in this browser. */
export function SettingsPage() {
  const { pages, settings } = useMessages();
  const preferences = usePreferences();
  return (
    <>
      <PageHeader title={pages.settings} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-4xl flex-col gap-6 p-4">
          <Part title={settings.look}>
            <div className="flex flex-col gap-3">
              <Choice label={settings.theme} name="theme" values={themes} words={settings.themes} preferences={preferences} />
              <Choice label={settings.density} name="density" values={densities} words={settings.densities} preferences={preferences} />
              <Choice label={settings.language} name="language" values={languages} words={languageNames} preferences={preferences}>
                {settings.languageNote}
              </Choice>
              <Choice label={settings.zone} name="zone" values={zones} words={settings.zones} preferences={preferences} />
              <p className="text-soft">{settings.kept}</p>
            </div>
          </Part>
          <Part title={settings.keys}>
            <KeySettings />
          </Part>
        </div>
      </div>
    </>
  );
}

type ChoiceName = 'theme' | 'density' | 'language' | 'zone';

interface ChoiceProps<Name extends ChoiceName> {
  label: string;
  name: Name;
  values: readonly Preferences[Name][];
  words: Readonly<Record<Preferences[Name], string>>;
  preferences: Preferences;
  children?: ReactNode;
}

function Choice<Name extends ChoiceName>({ label, name, values, words, preferences, children }: ChoiceProps<Name>) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <legend className="float-left w-28 shrink-0 text-soft">{label}</legend>
      {values.map((value) => (
        <label key={value} className="flex min-h-6 items-center gap-1.5">
          <input
            type="radio"
            name={name}
            checked={preferences[name] === value}
            onChange={() => setPreferences({ [name]: value })}
            className="accent-accent-fill"
          />
          {words[value]}
        </label>
      ))}
      {children !== undefined && <span className="text-soft">{children}</span>}
    </fieldset>
  );
}
