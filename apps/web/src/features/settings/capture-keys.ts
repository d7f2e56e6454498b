import { keyName } from '../../commands/match-keys.ts';

/** After this without another key, a sequence is complete. Milliseconds. */
export const sequenceEnd = 900;

/** A sequence as it is pressed: at most two keys, as `matchKeys` reads them. Null when Escape gave it up. */
export function withPress(pressed: string, event: Parameters<typeof keyName>[0]): string | null {
  const key = keyName(event);
  if (key === null) return pressed;
  if (key === 'Escape') return null;
  return pressed === '' || pressed.includes(' ') || key.startsWith('Mod+') || pressed.startsWith('Mod+') ? key : `${pressed} ${key}`;
}
