import type { TimeStyle } from '../text/age.ts';
import { type Language, usePreferences, type Zone } from './preferences.ts';

/** British English, so that days come before months and hours are 24. */
const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

/** One object a pair, so that what depends on it stays as it is. */
const styles: Record<Language, Record<Zone, TimeStyle>> = { en: stylesOf('en'), de: stylesOf('de') };

function stylesOf(language: Language): Record<Zone, TimeStyle> {
  const locale = locales[language];
  return { local: { locale, timeZone: undefined }, utc: { locale, timeZone: 'UTC' } };
}

/** How this person wants times to be written. */
export function useTimeStyle(): TimeStyle {
  const { language, zone } = usePreferences();
  return styles[language][zone];
}
