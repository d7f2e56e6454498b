import { languageNames } from '../messages/language.ts';
import { densities, languages, type Preferences, themes } from '../preferences/preferences.ts';
import { always, type Command, type CommandSource } from './command.ts';

/** Theme, density and language, each value that is not chosen already. */
export const switchPreference: CommandSource = ({ messages, preferences }) => {
  const { commands, settings } = messages;
  const offer = (id: string, label: string, change: Partial<Preferences>): Command => ({
    id: `switch-${id}`,
    label,
    group: 'look',
    keywords: ['appearance', 'settings'],
    shortcuts: [],
    when: always,
    run: (context) => context.setPreferences(change),
  });
  return [
    ...without(themes, preferences.theme).map((theme) => offer(`theme:${theme}`, commands.theme(settings.themes[theme]), { theme })),
    ...without(densities, preferences.density).map((density) => offer(`density:${density}`, commands.density(settings.densities[density]), { density })),
    ...without(languages, preferences.language).map((language) => offer(`language:${language}`, commands.language(languageNames[language]), { language })),
  ];
};

function without<T>(values: readonly T[], value: T): T[] {
  return values.filter((other) => other !== value);
}
