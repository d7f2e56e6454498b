import { toAppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { printable } from '../output/printable.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number')
  .transform(Number)
  .optional();

/** Where kubectl's OpenID Connect plug-in waits as well: clients are registered with these. */
const usualPorts = [8000, 18_000];

export const login = defineCommand({
  name: 'login',
  summary: 'Log in to a cluster, and say as whom',
  description:
    'A login that still works is only shown. An OpenID Connect user whose login has ended logs in in the browser; a credential plug-in may ask in this terminal. The workbench and other commands go on with this login.',
  input: z.object({
    kubeconfig: clusterInput.kubeconfig,
    context: z.string().min(1).optional(),
    force: z.boolean().default(false),
    device: z.boolean().default(false),
    port,
  }),
  arguments: { context: 'Context of the kubeconfig (default: the current one)' },
  options: {
    force: { description: 'Log in in the browser also where the login still works' },
    device: { description: 'Log in in a browser on another device, with a code to type there' },
    port: { value: 'number', description: 'Where the browser comes back to, http://localhost:PORT (default: 8000, then 18000)' },
    kubeconfig: clusterOptions.kubeconfig,
  },
  examples: [
    ['login', 'to the current context'],
    ['login staging --force', 'to another one, anew'],
    ['login --device', 'on a machine without a browser'],
  ],
  async run(input, { out, err, signal }) {
    const [{ apiOf, openCluster, whoAmI }, { chooseContext }, { logIn }] = await Promise.all([
      import('@quarterdeck/cluster'),
      import('../cluster/choose-context.ts'),
      import('../login/log-in.ts'),
    ]);
    const context = await chooseContext(input.kubeconfig, input.context);
    const connection = await context.connection();
    let said = '';
    const onLoginProgress = (text: string | null) => {
      if (text === null) return;
      // What a program says grows; only what is new is shown.
      err.write(`${printable(text.startsWith(said) ? text.slice(said.length).trim() : text)}\n`);
      said = text;
    };
    const access = await openCluster({ ...context, connection: async () => connection }, { onLoginProgress });
    try {
      const ports = input.port === undefined ? usualPorts : [input.port];
      const user = await logIn({
        identify: () => identify(() => whoAmI(apiOf(access), signal)),
        login: connection.login,
        force: input.force,
        device: input.device,
        ports,
        err,
        signal,
      });
      const groups = user?.groups.length ? ` (groups: ${user.groups.join(', ')})` : '';
      out.write(user === null ? `Logged in to ${context.id}.\n` : `Logged in to ${context.id} as ${user.username}${groups}.\n`);
      return 0;
    } finally {
      await access.close();
    }
  },
});

/** Null where the server is older than the question (Kubernetes 1.28). */
async function identify<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (thrown) {
    if (toAppError(thrown).code === 'NOT_FOUND') return null;
    throw thrown;
  }
}
