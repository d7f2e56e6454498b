import { themeLabels, themes } from '../theme/theme.ts';
import type { Command, CommandSource } from './command.ts';

export const switchTheme: CommandSource = () =>
  themes.map(
    (theme): Command => ({
      id: `switch-theme:${theme}`,
      label: `Theme: ${themeLabels[theme]}`,
      group: 'Theme',
      keywords: ['colours', 'appearance', 'mode'],
      shortcuts: [],
      when: (context) => context.theme !== theme,
      run: (context) => context.setTheme(theme),
    }),
  );
