import { ensureDependencies } from './install.js';
import { ensureNode } from './node.js';
import { ensureWebApp } from './web.js';

/**
 * Everything that the workbench needs before it starts, each part only when it is missing or old.
 * @param {{ web: boolean }} parts
 * @returns {Promise<import('./runtime.js').Runtime>} the Node to run the sources with
 * @throws {import('./step.js').StepFailure}
 */
export async function prepare({ web }) {
  const runtime = await ensureNode();
  await ensureDependencies(runtime);
  if (web) await ensureWebApp(runtime);
  return runtime;
}
