import { existsSync } from 'node:fs';
import { AppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { inRepository } from '../repository.ts';

/**
 * Runs the workbench until it is ended; opens the browser where there is one.
 * @returns the server's exit code
 */
export function startWorkbench(options: readonly string[], { runChild }: CommandContext): Promise<number> {
  if (!existsSync(inRepository('apps/web/dist/index.html'))) {
    throw new AppError('UNSUPPORTED', 'The web app is not built yet.', { hint: 'Run `npm start` once in the checkout: it builds what is missing.' });
  }
  return runChild({ command: process.execPath, args: [inRepository('bootstrap/serve.js'), ...options] });
}
