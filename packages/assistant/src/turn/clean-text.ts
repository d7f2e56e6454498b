/** Sequences that a terminal obeys, and characters that nobody sees: marks of direction, joiners, Unicode's tags. */
const hidden = new RegExp(
  [
    '\\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?|[@-Z\\\\-_])',
    '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]',
    '[\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]',
    '[\\u{e0000}-\\u{e007f}\\u{fe00}-\\u{fe0f}\\u{e0100}-\\u{e01ef}]',
  ].join('|'),
  'gu',
);

/** Text of a cluster as a person would see it. What is taken out can carry orders that only a model reads. */
export function cleanText(text: string): string {
  return text.replace(hidden, '');
}
