import { isOn } from './environment.js';

/**
 * How the system opens an address, or null where nobody would see it: no display, no terminal, a CI machine, or
 * `BROWSER=none`.
 * @param {{ platform: string, env: NodeJS.ProcessEnv, terminal: boolean }} machine
 * @returns {[string, ...string[]] | null}
 */
export function browserCommand({ platform, env, terminal }) {
  if (!terminal || isOn(env.CI) || env.BROWSER === 'none') return null;
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}

/**
 * The address in what the server printed so far; only from a line that is complete.
 * @param {string} printed
 * @returns {string | null}
 */
export function urlIn(printed) {
  return /https?:\/\/[^\s]+(?=\s)/.exec(printed)?.[0] ?? null;
}
