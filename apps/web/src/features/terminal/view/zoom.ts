import { readPreferences, setPreferences } from '../../../preferences/preferences.ts';

/** Pixels. */
const [smallest, usual, largest] = [9, 13, 28];

/** Larger or smaller letters in all terminals; 0 is the usual size. */
export function zoomTerminals(step: 1 | -1 | 0): void {
  const { terminal } = readPreferences();
  const fontSize = step === 0 ? usual : Math.min(largest, Math.max(smallest, terminal.fontSize + step));
  setPreferences({ terminal: { ...terminal, fontSize } });
}
