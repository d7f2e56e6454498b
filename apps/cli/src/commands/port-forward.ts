import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { forwardNameSchema } from '../forwards/forward-name.ts';
import type { KeptForward } from '../forwards/kept-forwards.ts';

const input = z.object({
  ...clusterInput,
  target: z.string().min(1).optional(),
  ports: z.array(z.string()).default([]),
  namespace: z.string().min(1).optional(),
  selector: z.string().min(1).optional(),
  address: z.string().min(1).default('127.0.0.1'),
  remember: forwardNameSchema.optional(),
  again: forwardNameSchema.optional(),
  background: z.boolean().default(false),
  output: z.enum(['text', 'json']).default('text'),
});
type Typed = z.output<typeof input>;

export const portForward = defineCommand({
  name: 'port-forward',
  summary: 'Make ports of a pod, a Service or a workload reachable on this machine',
  description:
    'Each connection goes to a pod that is ready then, so it survives restarts and rollouts. Statistics are shown on a terminal; with -o json they are events, one a line.',
  input,
  arguments: { target: 'A pod, or TYPE/NAME: svc/web, deploy/api; with --selector the first port' },
  rest: ['ports', 'LOCAL:REMOTE, REMOTE or :REMOTE (any free local port); REMOTE may be a name'],
  options: {
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    selector: { short: 'l', value: 'labels', description: 'A ready pod with these labels, instead of a target' },
    address: { value: 'address', description: 'Where to listen (default: 127.0.0.1); others let other machines in' },
    remember: { value: 'name', description: 'Keep it under this name once it works, with its cluster and namespace' },
    again: { value: 'name', description: 'The forward that is remembered so, instead of a target' },
    background: { description: 'In a process of its own, which `qd port-forward stop` ends' },
    output: { short: 'o', value: 'text|json', description: 'Form of the output (default: text)' },
    ...clusterOptions,
  },
  examples: [
    ['port-forward svc/web 8080:80', 'the Service, through whichever pod is ready'],
    ['port-forward api-7d9c :http :9090', 'two ports of a pod, on free local ports'],
    ['port-forward -l app=web 8080', 'the same port here and there'],
    ['port-forward svc/db 5432 --remember db --background', 'go on, and know it by its name'],
    ['port-forward --again db', 'once more'],
  ],
  async run(typed, context) {
    const { rememberedForwards } = await import('../forwards/kept-forwards.ts');
    const kept = await forwardOf(typed, context);
    const code = await (typed.background ? inBackground : inForeground)(kept, typed, context);
    if (typed.background && code === 0 && typed.remember !== undefined) await rememberedForwards(context).save(kept);
    return code;
  },
});

/** What is to be forwarded: what was typed, or what is remembered. Throws VALIDATION_ERROR, NOT_FOUND. */
async function forwardOf(typed: Typed, context: CommandContext): Promise<KeptForward> {
  const [{ rememberedForwards }, { forwardRequestOf, nameOfRequest }, { chooseContext }] = await Promise.all([
    import('../forwards/kept-forwards.ts'),
    import('../forwards/forward-request.ts'),
    import('../cluster/choose-context.ts'),
  ]);
  if (typed.bundle !== undefined) throw new AppError('READ_ONLY', 'A recording has no ports.', { hint: 'Leave out --bundle.' });
  if (typed.again !== undefined) {
    if (typed.target === undefined && typed.selector === undefined && typed.remember === undefined) return rememberedForwards(context).read(typed.again);
    throw new AppError('VALIDATION_ERROR', '--again takes neither a target nor another name.', { hint: `Type \`qd port-forward --again ${typed.again}\`.` });
  }
  // A wrong line is told before any kubeconfig is read.
  forwardRequestOf(typed, typed.namespace ?? 'default');
  const chosen = await chooseContext(typed.kubeconfig, typed.context);
  const request = forwardRequestOf(typed, typed.namespace ?? chosen.namespace ?? 'default');
  const { resolve } = await import('node:path');
  const place = typed.kubeconfig === undefined ? {} : { kubeconfig: resolve(typed.kubeconfig) };
  return { name: typed.remember ?? nameOfRequest(request), ...place, context: chosen.id, request, pid: null };
}

async function inForeground(kept: KeptForward, { remember, output }: Typed, context: CommandContext): Promise<number> {
  const [{ openRecordedForward }, { eventDisplay, showForward, textDisplay }, { rememberedForwards }] = await Promise.all([
    import('../forwards/open-recorded-forward.ts'),
    import('../forwards/show-forward.ts'),
    import('../forwards/kept-forwards.ts'),
  ]);
  const access = await context.openAccess(kept);
  try {
    const forward = await openRecordedForward(access, kept.request, context);
    try {
      if (remember !== undefined) await rememberedForwards(context).save(kept);
      const display = output === 'json' ? eventDisplay(context.out) : textDisplay(context.out, context.err);
      await showForward(forward, kept.request.address, display, context.signal);
    } finally {
      await forward.close();
    }
    return 0;
  } finally {
    await access.close();
  }
}

async function inBackground(kept: KeptForward, { output }: Typed, context: CommandContext): Promise<number> {
  const [{ startInBackground }, { portLines }] = await Promise.all([import('../forwards/background-forward.ts'), import('../forwards/show-forward.ts')]);
  const began = await startInBackground(kept, context);
  if ('code' in began) {
    context.err.write(began.log);
    return began.code;
  }
  const { ports } = began.stats;
  if (output === 'json') context.out.write(`${JSON.stringify({ name: kept.name, ports })}\n`);
  else context.out.write(portLines(kept.request.address, ports));
  context.err.write(`qd: ${kept.name} goes on in the background; \`qd port-forward stop ${kept.name}\` ends it.\n`);
  return 0;
}
