/** Digits of a run are counted in one character between `0` and `X`: no lower-case text has the upper part of it. */
const zero = 0x30;
const longestRun = 0x28;

/**
 * A text whose order by code units is the natural order of `text`: case does not matter, and numbers inside count as
 * numbers (web-2 comes before web-10). Made once a row, so that sorting compares plain strings.
 */
export function naturalKey(text: string): string {
  const lower = text.toLowerCase();
  return /\d/.test(lower) ? lower.replace(/\d+/g, counted) : lower;
}

function counted(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, '');
  return String.fromCharCode(zero + Math.min(number.length, longestRun)) + number;
}
