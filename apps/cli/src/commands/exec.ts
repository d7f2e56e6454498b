import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { withActs } from '../ledger/with-acts.ts';
import { withPod } from '../terminal/open-pod.ts';

export const exec = defineCommand({
  name: 'exec',
  summary: 'Run a program in a container',
  description: "Ends with the program's exit code. With -it it has this terminal: every key goes to it, Ctrl-C among them.",
  input: z.object({
    kubeconfig: clusterInput.kubeconfig,
    context: clusterInput.context,
    target: z.string().min(1),
    command: z.array(z.string()).min(1, 'is missing'),
    container: z.string().min(1).optional(),
    namespace: z.string().min(1).optional(),
    stdin: z.boolean().default(false),
    tty: z.boolean().default(false),
  }),
  arguments: { target: 'A pod, or TYPE/NAME: deploy/api takes one of its running pods' },
  rest: ['command', 'The program and its arguments, behind --'],
  options: {
    container: { short: 'c', value: 'name', description: "The container (default: the pod's annotation, else its first)" },
    stdin: { short: 'i', description: 'Pass standard input on' },
    tty: { short: 't', description: 'Give the program a terminal' },
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['exec -it web-1 -- sh', 'a shell'],
    ['exec web-1 -c proxy -- cat /etc/hosts', 'one program in one of its containers'],
    ['exec -i deploy/db -- psql < dump.sql', 'a file as its input'],
  ],
  async run({ target, command, container, stdin, tty, ...choice }, context) {
    const [{ execDraft, execInPod, recordSession }, { runSession }] = await Promise.all([import('@quarterdeck/cluster'), import('../terminal/run-session.ts')]);
    return withPod(target, choice, context, async ({ access, api, namespace, pod }) => {
      const terminal = tty && (!stdin || context.input.isTerminal);
      if (tty && !terminal) context.err.write('qd: Standard input is no terminal, so the program gets none.\n');
      const program = { namespace, pod, container, command, tty: terminal, stdin, signal: context.signal };
      const exitCode = await withActs(context, access.id, async (acts) => {
        const session = await recordSession(acts, execDraft(program), () => execInPod(api, program));
        return runSession(session, process, { stdin });
      });
      if (exitCode !== 0) context.err.write(`command terminated with exit code ${exitCode}\n`);
      return exitCode;
    });
  },
});
