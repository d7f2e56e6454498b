const zero = 0x30;
const nine = 0x39;
/** The length of a number is one character from `0` to `X`: lower-case text has no capital that it could be taken for. */
const longestNumber = 0x28;

/**
 * A text whose order by code units is the natural order of `text`: case does not matter, and numbers inside count as
 * numbers (web-2 comes before web-10). Made once a row, so that sorting compares plain strings.
 */
export function naturalKey(text: string): string {
  const lower = text.toLowerCase();
  let key = '';
  let copied = 0;
  for (let at = nextDigit(lower, 0); at < lower.length; ) {
    const end = endOfDigits(lower, at);
    let start = at;
    while (start < end - 1 && lower.charCodeAt(start) === zero) start += 1;
    key += lower.slice(copied, at) + String.fromCharCode(zero + Math.min(end - start, longestNumber)) + lower.slice(start, end);
    copied = end;
    at = nextDigit(lower, end);
  }
  return copied === 0 ? lower : key + lower.slice(copied);
}

function nextDigit(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}
