/**
 * Whether a switch of the environment is on: set, and not to a word for no.
 * @param {string | undefined} value
 */
export function isOn(value) {
  return value !== undefined && !['', '0', 'false'].includes(value);
}
