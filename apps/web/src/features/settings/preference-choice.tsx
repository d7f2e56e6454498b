import type { ReactNode } from 'react';
import { type Preferences, setPreferences, usePreferences } from '../../preferences/preferences.ts';

type ChoiceName = 'theme' | 'density' | 'language' | 'zone';

interface PreferenceChoiceProps<Name extends ChoiceName> {
  label: string;
  name: Name;
  values: readonly Preferences[Name][];
  words: Readonly<Record<Preferences[Name], string>>;
  children?: ReactNode;
}

/** One preference, chosen of a few values at once: nothing has to be saved. */
export function PreferenceChoice<Name extends ChoiceName>({ label, name, values, words, children }: PreferenceChoiceProps<Name>) {
  const chosen = usePreferences()[name];
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <legend className="float-left w-28 shrink-0 text-soft">{label}</legend>
      {values.map((value) => (
        <label key={value} className="flex min-h-6 items-center gap-1.5">
          <input type="radio" name={name} checked={chosen === value} onChange={() => setPreferences({ [name]: value })} className="accent-accent-fill" />
          {words[value]}
        </label>
      ))}
      {children !== undefined && <span className="text-soft">{children}</span>}
    </fieldset>
  );
}
