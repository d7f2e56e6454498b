export interface SentPart {
  text: string;
  /** What the workbench put in place of something: a secret, or a name. */
  mark: 'secret' | 'alias' | null;
}

/** As the aliases begin that stand for names, before six letters of base32. */
const beginnings = 'pod|ns|node|cl|host|ip|mail|acct|dep|sts|ds|rs|job|cron|svc|ing|cm|sec|sa|pvc|pv|sc|app|obj';
const secrets = '\\[redacted\\]';
const pattern = { secrets: new RegExp(secrets, 'g'), all: new RegExp(`${secrets}|(?<![A-Za-z\\d])(?:${beginnings})-[a-z2-7]{6}(?![A-Za-z\\d])`, 'g') };

/** A text that was sent, cut where something else stood before. `aliased`: whether names were replaced at all; a name may look like an alias. */
export function sentParts(text: string, aliased: boolean): SentPart[] {
  const parts: SentPart[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(aliased ? pattern.all : pattern.secrets)) {
    if (index > from) parts.push({ text: text.slice(from, index), mark: null });
    parts.push({ text: found, mark: found === '[redacted]' ? 'secret' : 'alias' });
    from = index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), mark: null });
  return parts;
}
