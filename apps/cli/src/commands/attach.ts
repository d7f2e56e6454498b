import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { withActs } from '../ledger/with-acts.ts';
import { withPod } from '../terminal/open-pod.ts';

export const attach = defineCommand({
  name: 'attach',
  summary: "Take part in what a container's own program reads and writes",
  input: z.object({
    kubeconfig: clusterInput.kubeconfig,
    context: clusterInput.context,
    target: z.string().min(1),
    container: z.string().min(1).optional(),
    namespace: z.string().min(1).optional(),
    stdin: z.boolean().default(false),
    tty: z.boolean().default(false),
  }),
  arguments: { target: 'A pod, or TYPE/NAME: deploy/api takes one of its running pods' },
  options: {
    container: { short: 'c', value: 'name', description: "The container (default: the pod's annotation, else its first)" },
    stdin: { short: 'i', description: 'Pass standard input on; only where the container has `stdin: true`' },
    tty: { short: 't', description: "Use the container's terminal (it is used wherever there is one)" },
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [['attach -it web-1 -c console', 'a console that runs in a container']],
  async run({ target, container, stdin, tty, ...choice }, context) {
    const [{ attachDraft, attachToPod, recordSession }, { runSession }] = await Promise.all([
      import('@quarterdeck/cluster'),
      import('../terminal/run-session.ts'),
    ]);
    return withPod(target, choice, context, ({ access, api, namespace, pod }) =>
      withActs(context, access.id, async (acts) => {
        const place = { namespace, pod, container, stdin, signal: context.signal };
        const session = await recordSession(acts, attachDraft(place), () => attachToPod(api, place));
        if (stdin && !session.stdin) context.err.write(`qd: The container ${session.container} reads no input (stdin is not true in its specification).\n`);
        if (tty && !session.tty) context.err.write(`qd: The container ${session.container} has no terminal (tty is not true in its specification).\n`);
        if (session.tty && session.stdin && context.input.isTerminal) context.err.write("If you don't see a command prompt, try pressing enter.\n");
        return runSession(session, process, { stdin: session.stdin });
      }),
    );
  },
});
