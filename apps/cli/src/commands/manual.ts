import * as z from 'zod';
import { type AnyCommand, defineCommand } from '../command.ts';
import type { ToldCommand } from '../command-tree.ts';
import { productVersion } from '../repository.ts';

export function manualCommand(told: () => Promise<readonly ToldCommand[]>): AnyCommand {
  return defineCommand({
    name: 'man',
    summary: 'Print the man page, made from the commands',
    input: z.object({}),
    arguments: {},
    options: {},
    examples: [
      ['man | man -l -', 'read it'],
      ['man > /usr/local/share/man/man1/qd.1', 'for every user'],
    ],
    async run(_, { out }) {
      const { manualPage } = await import('../manual/manual-page.ts');
      out.write(manualPage(await told(), productVersion));
      return 0;
    },
  });
}
