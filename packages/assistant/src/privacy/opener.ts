import { type AliasTable, aliasPattern } from './alias-table.ts';

/** A text that comes in pieces, cut anywhere, with names in place of aliases. What may be the beginning of one is kept until it is known. */
export interface Opener {
  push(piece: string): string;
  /** What was kept. */
  end(): string;
}

export function openText(text: string, aliases: AliasTable): string {
  return text.replace(aliasPattern, (alias) => aliases.nameOf(alias) ?? alias);
}

/** No alias is longer than this, and no name is kept back for longer. Characters. */
const mostKept = 512;

export function createOpener(aliases: AliasTable): Opener {
  let kept = '';
  /** The last character that was given out: an alias does not begin inside a word. */
  let before = '';
  const give = (text: string): string => {
    const opened = openText(before + text, aliases).slice(before.length);
    before = text.at(-1) ?? before;
    return opened;
  };
  return {
    push(piece) {
      const text = kept + piece;
      const end = text.length - (/[\w-]{0,512}$/.exec(text)?.[0].length ?? 0);
      const cut = text.length - end >= mostKept ? text.length : end;
      kept = text.slice(cut);
      return give(text.slice(0, cut));
    },
    end() {
      const rest = give(kept);
      kept = '';
      return rest;
    },
  };
}
