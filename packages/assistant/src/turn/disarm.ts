/** Pages that an answer may point to, without anything behind a question mark that could carry what was read. */
const trusted = new Set([
  'kubernetes.io',
  'helm.sh',
  'cert-manager.io',
  'istio.io',
  'prometheus.io',
  'gateway-api.sigs.k8s.io',
  'argo-cd.readthedocs.io',
  'fluxcd.io',
]);

/** A place that a browser would go to by itself, or at a click: an address with a scheme or two slashes, also encoded ones. */
const address = /(?:\b[a-z][a-z\d+.-]{1,20}:|(?<=[("'=<\s]|^))\/\/[^\s<>"'`)\]]*|\b(?:data|javascript|vbscript|mailto|blob|file):[^\s<>"'`)]*/gi;
const reference = /^[ ]{0,3}\[[^\]]+\]:\s*/gm;
const tag = /<(?=[/!?]?[a-z])/gi;

/** Markdown that carries nothing out when it is shown: no images, no tags, and of addresses the host alone. */
function disarmed(text: string): string {
  return text
    .replace(address, (found) => (isTrusted(found) ? found : hostOf(found)))
    .replace(reference, (found) => found.replace(':', ' '))
    .replaceAll('![', '[')
    .replace(tag, '&lt;');
}

function isTrusted(found: string): boolean {
  const url = URL.parse(found);
  return url !== null && url.protocol === 'https:' && trusted.has(url.hostname) && url.search === '' && url.hash.length < 60 && url.username === '';
}

/** `evil.example…`: what a person should see of an address that is not followed. */
function hostOf(found: string): string {
  const host = /\/\/(?:[^@/?#]*@)?([^/?#:\s]*)/.exec(found)?.[1] ?? '';
  return `${host.slice(0, 80).replaceAll(/[^\w.-]/g, '')}…`;
}

type Place = { kind: 'text' } | { kind: 'fence'; mark: string } | { kind: 'code'; mark: string };

/**
 * The text of a model as it comes, cut anywhere, so that showing it sends nothing anywhere. Code blocks stay as they are:
 * nothing in them is a link. What can't be judged yet is kept until it can.
 */
export class Disarmer {
  private kept = '';
  private place: Place = { kind: 'text' };

  push(piece: string): string {
    this.kept += piece;
    return this.take(false);
  }

  end(): string {
    return this.take(true);
  }

  private take(all: boolean): string {
    let given = '';
    for (;;) {
      const part = this.next(all);
      if (part === null) return given;
      given += part;
    }
  }

  /** The next part that is certain; null where there is none. */
  private next(all: boolean): string | null {
    if (this.kept === '') return null;
    if (this.place.kind !== 'text') return this.code(this.place, all);
    const opening = /(^|\n)[ \t>]*(`{3,}|~{3,})|`+/.exec(this.kept);
    if (opening !== null && (opening.index + opening[0].length < this.kept.length || all)) return this.open(opening);
    const certain = all ? this.kept.length : Math.min(opening?.index ?? this.kept.length, certainLength(this.kept));
    if (certain === 0) return null;
    const text = this.kept.slice(0, certain);
    this.kept = this.kept.slice(certain);
    return disarmed(text);
  }

  private open(opening: RegExpExecArray): string {
    const end = opening.index + opening[0].length;
    const text = this.kept.slice(0, opening.index);
    const fence = opening[2];
    this.kept = this.kept.slice(end);
    this.place = fence === undefined ? { kind: 'code', mark: opening[0] } : { kind: 'fence', mark: fence };
    return disarmed(text) + opening[0];
  }

  private code({ kind, mark }: Exclude<Place, { kind: 'text' }>, all: boolean): string | null {
    // A code span ends with its paragraph at the latest: what follows is text that a browser would show as such.
    const closing =
      kind === 'fence'
        ? new RegExp(`(^|\\n)[ \\t>]*${mark[0] === '~' ? '~' : '`'}{${mark.length},}[ \\t]*(?=\\n|$)`)
        : new RegExp(`(?<!\`)${mark}(?!\`)|\\n[ \\t]*\\n`);
    const found = closing.exec(this.kept);
    const end = found === null ? 0 : found.index + found[0].length;
    if (found !== null && (end < this.kept.length || all)) {
      const text = this.kept.slice(0, end);
      this.kept = this.kept.slice(end);
      this.place = { kind: 'text' };
      return kind === 'code' && !text.endsWith(mark) ? disarmed(text) : text;
    }
    if (kind === 'code' && !all) return null;
    const certain = all ? this.kept.length : Math.max(0, this.kept.lastIndexOf('\n'));
    if (certain === 0) return null;
    const text = this.kept.slice(0, certain);
    this.kept = this.kept.slice(certain);
    return kind === 'code' ? disarmed(text) : text;
  }
}

const longestKept = 4_000;

/** Up to where nothing can still become an address: a word that has not ended, and a line that may be a reference. */
function certainLength(text: string): number {
  if (text.length > longestKept) return text.length;
  const lastLine = text.lastIndexOf('\n') + 1;
  const line = text.slice(lastLine);
  if (/^[ ]{0,3}\[[^\]]*(?:\](?!.)|$)/.test(line) || /^[ ]{0,3}\[[^\]]+\]:\s*\S*$/.test(line)) return lastLine;
  return text.length - (/\S*$/.exec(text)?.[0].length ?? 0);
}

export function disarm(text: string): string {
  const disarmer = new Disarmer();
  return disarmer.push(text) + disarmer.end();
}
