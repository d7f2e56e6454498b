import { existsSync } from 'node:fs';
import { AppError } from '@quarterdeck/contract';
import type { ClusterChoice } from '../cluster/cluster-options.ts';
import type { CommandContext } from '../context.ts';
import { inRepository } from '../repository.ts';

/** The choice of a cluster as the server's command line. */
export function serverOptions(choice: ClusterChoice): string[] {
  const { kubeconfig, context, bundle } = choice;
  return Object.entries({ kubeconfig, context, bundle }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

/**
 * Runs the workbench until it is ended; opens the browser where there is one.
 * Throws UNSUPPORTED where the web app was never built.
 * @returns the server's exit code
 */
export function startWorkbench(options: readonly string[], { runChild }: CommandContext): Promise<number> {
  if (!existsSync(inRepository('apps/web/dist/index.html'))) {
    throw new AppError('UNSUPPORTED', 'The web app is not built yet.', { hint: 'Run `npm start` once in the checkout: it builds what is missing.' });
  }
  return runChild({ command: process.execPath, args: [inRepository('bootstrap/serve.js'), ...options] });
}
