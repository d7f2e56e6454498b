import type { DebugContainer, Transport } from '@quarterdeck/cluster';
import { debugProfiles, defaultDebugImage } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';
import { withPod } from '../terminal/open-pod.ts';

const input = z.object({
  kubeconfig: clusterInput.kubeconfig,
  context: clusterInput.context,
  target: z.string().min(1).optional(),
  command: z.array(z.string()).default([]),
  image: z.string().min(1).optional(),
  container: z.string().min(1).optional(),
  targetContainer: z.string().min(1).optional(),
  profile: z.enum(debugProfiles).optional(),
  namespace: z.string().min(1).optional(),
  stdin: z.boolean().default(false),
  tty: z.boolean().default(false),
});
type Typed = z.output<typeof input>;
type Session = Typed & { target: string; image: string; profile: NonNullable<Typed['profile']> };

function wantsSession({ stdin, tty, command, image, container, targetContainer, profile }: Typed): boolean {
  return stdin || tty || command.length > 0 || [image, container, targetContainer, profile].some((option) => option !== undefined);
}

export const debug = defineCommand({
  name: 'debug',
  summary: 'Find out why something fails; or put a debug container into a running pod, or a debug pod on a node',
  description:
    "With a target alone, or none, it leads from what is broken to the cause, what proves it and the plan, and changes nothing. With -i, an image, a profile or a command it puts tools beside what runs. A debug container sees the processes of its target and stays in the pod until the pod goes. A debug pod on a node sees the node's files at /host and goes when its session ends.",
  input,
  arguments: { target: 'A pod, TYPE/NAME, or node/NAME (default: what is broken worst)' },
  rest: ['command', 'What to run, behind -- (default: what the image starts)'],
  options: {
    image: { value: 'image', description: `The image with the tools (default: ${defaultDebugImage})` },
    container: { short: 'c', value: 'name', description: 'Name of the debug container (default: debugger-…)' },
    targetContainer: { value: 'name', description: "The container to look into (default: the pod's annotation, else its first)" },
    profile: { value: debugProfiles.join('|'), description: 'What it may do (default: general)' },
    stdin: { short: 'i', description: 'Attach to it and pass standard input on' },
    tty: { short: 't', description: 'Give it a terminal' },
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['debug deployment/checkout', 'why it fails, and what to do'],
    ['debug', 'the same for what is broken worst'],
    ['debug -it web-1 -- sh', 'a shell beside a container that has none'],
    ['debug -it node/worker-1 --profile sysadmin -- chroot /host bash', "a node's own shell"],
  ],
  async run(typed, context) {
    const { target, kubeconfig, context: chosen, namespace } = typed;
    if (target === undefined || !wantsSession(typed)) {
      const { guide } = await import('../assistant/guide.ts');
      return guide(target, { kubeconfig, context: chosen, namespace }, context);
    }
    const node = /^nodes?\/(.+)$/.exec(target)?.[1];
    const session = { ...typed, target, image: typed.image ?? defaultDebugImage, profile: typed.profile ?? 'general' };
    return node === undefined ? debugInPod(session, context) : debugOnNode(node, session, context);
  },
});

async function debugInPod({ target, image, container, targetContainer, command, profile, stdin, tty, ...choice }: Session, context: CommandContext) {
  const { debugPod, debugPodDraft, recordAct } = await import('@quarterdeck/cluster');
  return withPod(target, choice, context, async ({ access, api, namespace, pod }) => {
    const request = { namespace, pod, image, command, name: container, target: targetContainer, profile, stdin, tty };
    const run = () => debugPod(api, { ...request, onWaiting: tell(context), signal: context.signal });
    const added = await withActs(context, access.id, (acts) => recordAct(acts, debugPodDraft(request), run));
    if (container === undefined) context.err.write(`Defaulting debug container name to ${added.container}.\n`);
    return stdin ? use(api, added, context) : 0;
  });
}

async function debugOnNode(node: string, { image, command, profile, stdin, tty, ...choice }: Session, context: CommandContext) {
  const [{ apiOf, debugNode, debugNodeDraft, recordAct }, { defaultNamespace }] = await Promise.all([
    import('@quarterdeck/cluster'),
    import('../cluster/default-namespace.ts'),
  ]);
  const namespace = choice.namespace ?? (await defaultNamespace(choice));
  const access = await context.openAccess(choice);
  try {
    const api = apiOf(access);
    const request = { node, namespace, image, command, profile, stdin, tty };
    const run = () => debugNode(api, { ...request, onWaiting: tell(context), signal: context.signal });
    const added = await withActs(context, access.id, (acts) => recordAct(acts, debugNodeDraft(request), run));
    context.err.write(`Created the pod ${added.namespace}/${added.pod} on the node ${node}.\n`);
    if (!stdin) return 0;
    try {
      return await use(api, added, context);
    } finally {
      // Also after an interruption.
      await added.remove(AbortSignal.timeout(10_000));
    }
  } finally {
    await access.close();
  }
}

function tell({ err }: CommandContext): (reason: string) => void {
  return (reason) => err.write(`Waiting: ${reason}\n`);
}

async function use(api: Transport, { namespace, pod, container }: DebugContainer, context: CommandContext): Promise<number> {
  const [{ attachToPod }, { runSession }] = await Promise.all([import('@quarterdeck/cluster'), import('../terminal/run-session.ts')]);
  const session = await attachToPod(api, { namespace, pod, container, stdin: true, signal: context.signal });
  if (session.tty) context.err.write("If you don't see a command prompt, try pressing enter.\n");
  return runSession(session, process, { stdin: true });
}
