import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { serverOptions, startWorkbench } from '../processes/start-workbench.ts';

/** Who reaches it, as the server's own options of the same names. */
const exposureInput = {
  tlsCert: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
  publicUrl: z.string().min(1).optional(),
  insecureBehindProxy: z.boolean().default(false),
  trustedProxies: z.string().min(1).optional(),
  proxyHops: z.string().min(1).optional(),
};
type Exposure = z.output<z.ZodObject<typeof exposureInput>>;

export const start = defineCommand({
  name: 'start',
  summary: 'Start the workbench (the same as qd alone)',
  description: 'Without a usable kubeconfig it opens the recorded demo. PORT chooses the port, HOST the address; other machines reach a team with TLS alone.',
  input: z.object({ ...clusterInput, team: z.boolean().default(false), ...exposureInput }),
  arguments: {},
  options: {
    ...clusterOptions,
    team: { description: 'For a team: people log in, each with a role and what they may see' },
    tlsCert: { value: 'file', description: 'Certificate in PEM, with those above it' },
    tlsKey: { value: 'file', description: 'Its key in PEM' },
    publicUrl: { value: 'url', description: 'Where people open it: https://workbench.example' },
    insecureBehindProxy: { description: 'A proxy in front of it has the TLS' },
    trustedProxies: { value: 'list', description: 'Addresses of these proxies: 10.0.0.7,10.1.0.0/16' },
    proxyHops: { value: 'number', description: 'How many of them a call goes through (1)' },
  },
  examples: [
    ['', 'the workbench on the current context'],
    ['--context staging', 'on another one'],
    ['start --team', 'where people log in; without a real cluster with two accounts to try'],
    ['start --team --public-url https://workbench.example --tls-cert tls.crt --tls-key tls.key', 'for other machines, with HOST=0.0.0.0'],
  ],
  run: ({ team, tlsCert, tlsKey, publicUrl, insecureBehindProxy, trustedProxies, proxyHops, ...choice }, context) => {
    const exposure = exposureOptions({ tlsCert, tlsKey, publicUrl, insecureBehindProxy, trustedProxies, proxyHops });
    return startWorkbench([...serverOptions(choice), ...(team ? ['--team'] : []), ...exposure], context);
  },
});

function exposureOptions({ tlsCert, tlsKey, publicUrl, insecureBehindProxy, trustedProxies, proxyHops }: Exposure): string[] {
  const values = { 'tls-cert': tlsCert, 'tls-key': tlsKey, 'public-url': publicUrl, 'trusted-proxies': trustedProxies, 'proxy-hops': proxyHops };
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return insecureBehindProxy ? [...given, '--insecure-behind-proxy'] : given;
}
