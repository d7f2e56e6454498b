import { pages } from '../features/navigation/pages.ts';
import { always, type Command, type CommandSource } from './command.ts';

export const goToPage: CommandSource = ({ messages, session }) =>
  pages
    .filter((page) => page.when(session))
    .map(
      ({ path, label, keywords, shortcuts }): Command => ({
        id: `go-to:${path}`,
        label: label(messages),
        group: 'pages',
        keywords,
        shortcuts,
        when: always,
        run: ({ go }) => go.page(path),
      }),
    );
