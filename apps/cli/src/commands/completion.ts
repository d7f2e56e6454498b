import * as z from 'zod';
import { type AnyCommand, defineCommand } from '../command.ts';
import type { ToldCommand } from '../command-tree.ts';

/** `told`: the commands, as they are when one asks. */
export function completionCommand(told: () => Promise<readonly ToldCommand[]>): AnyCommand {
  return defineCommand({
    name: 'completion',
    summary: 'Print the completion of commands, options and names for a shell',
    description: 'Names of objects come from a file that is renewed in the background, so that completing never waits for qd or the cluster.',
    input: z.object({ shell: z.enum(['bash', 'zsh', 'fish', 'powershell']) }),
    arguments: { shell: 'bash, zsh, fish or powershell' },
    options: {},
    examples: [
      ['completion bash > /etc/bash_completion.d/qd', 'for every bash'],
      ['completion fish | source', 'for this fish'],
    ],
    async run({ shell }, { out, environment }) {
      const [{ completionScript }, { namesFileOf }] = await Promise.all([
        import('../completion/completion-scripts.ts'),
        import('../completion/write-names.ts'),
      ]);
      out.write(completionScript(shell, await told(), namesFileOf(environment)));
      return 0;
    },
  });
}

export const completionNames = defineCommand({
  name: 'completion names',
  summary: 'Renew the names of objects that completion offers',
  input: z.object({}),
  arguments: {},
  options: {},
  examples: [],
  async run(_, context) {
    const { writeNames } = await import('../completion/write-names.ts');
    context.err.write(`${await writeNames(context)} names are kept for completion.\n`);
    return 0;
  },
});
