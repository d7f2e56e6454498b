import path from 'node:path';

/**
 * How npm is run under a given Node. npm chooses versions by the Node that runs it, so a fetched Node must run npm
 * too, and everything that npm's scripts start: it goes first on the PATH.
 * @param {{ runtime: import('./runtime.js').Runtime, env: NodeJS.ProcessEnv, platform: string, installed: string }} machine
 *   `installed` is the program of the Node that runs now: npm lies beside it on Windows
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv }}
 */
export function npmUnder({ runtime, env, platform, installed }) {
  const childEnv = withFirstOnPath(env, path.dirname(runtime.program), platform);
  const script = npmScript({ env, platform, installed });
  return script === null ? { command: 'npm', args: [], env: childEnv } : { command: runtime.program, args: [script], env: childEnv };
}

/**
 * The JavaScript file that is npm, where it is known; elsewhere `npm` on the PATH finds its Node by the PATH.
 * @param {{ env: NodeJS.ProcessEnv, platform: string, installed: string }} machine
 */
function npmScript({ env, platform, installed }) {
  const running = env.npm_execpath;
  if (running !== undefined && path.basename(running) === 'npm-cli.js') return running;
  return platform === 'win32' ? path.win32.join(path.win32.dirname(installed), 'node_modules', 'npm', 'bin', 'npm-cli.js') : null;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} folder
 * @param {string} platform
 * @returns {NodeJS.ProcessEnv}
 */
function withFirstOnPath(env, folder, platform) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const separator = platform === 'win32' ? ';' : ':';
  return { ...env, [name]: [folder, env[name]].filter(Boolean).join(separator) };
}
