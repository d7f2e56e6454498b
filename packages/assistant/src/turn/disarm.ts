/** Pages that an answer may point to, without anything behind a question mark that could carry what was read. */
const trusted = new Set([
  ...['kubernetes.io', 'helm.sh', 'cert-manager.io', 'istio.io', 'prometheus.io', 'gateway-api.sigs.k8s.io'],
  ...['argo-cd.readthedocs.io', 'fluxcd.io'],
]);

/** A place that a browser would go to by itself, or at a click: an address with a scheme, or with two slashes alone. */
const located = /(?:\b[a-z][a-z\d+.-]{1,20}:|(?<=[("'=<\s]|^))\/\/[^\s<>"'`)\]]*/gi;
const carried = /\b(?:data:[a-z]+\/|(?:javascript|vbscript|mailto|blob):(?=\S))[^\s<>"'`)]*/gi;
const reference = /^([ ]{0,3}\[[^\]]+\]):/;
const tag = /<(?=[/!?]?[a-z])/gi;
/** Tags that load, lead or send; code has hardly ever one of them. */
const loading = /<(?=[/]?(?:a|audio|base|embed|form|frame|iframe|image|img|input|link|meta|object|picture|script|source|style|svg|video)\b)/gi;

/** Markdown that carries nothing out when it is shown: no images, no tags, and of addresses the host alone. */
function disarmedText(text: string): string {
  return text
    .replace(located, (found) => (isTrusted(found) ? found : hostOf(found)))
    .replace(carried, hostOf)
    .replaceAll('![', '[')
    .replace(tag, '&lt;');
}

/**
 * Code as it is, but for what would load or carry something were it no code after all: who shows Markdown may see the
 * end of a block elsewhere than we do.
 */
function disarmedCode(code: string): string {
  return code
    .replace(located, (found) => (isPlain(found) ? found : hostOf(found)))
    .replaceAll('![', '! [')
    .replace(loading, '‹');
}

function isTrusted(found: string): boolean {
  const url = URL.parse(found);
  return url !== null && url.protocol === 'https:' && trusted.has(url.hostname) && url.search === '' && url.hash.length < 60 && url.username === '';
}

const longestPath = 60;
const longestHost = 100;

/** An address as people write it into manifests and commands, with little room for anything else. */
function isPlain(found: string): boolean {
  const url = URL.parse(found);
  if (url === null) return false;
  return url.search === '' && url.hash === '' && url.username === '' && url.pathname.length <= longestPath && url.hostname.length <= longestHost;
}

/** `evil.example…`: what a person should see of an address that is not followed. */
function hostOf(found: string): string {
  const host = /\/\/(?:[^@/?#]*@)?([^/?#:\s]*)/.exec(found)?.[1] ?? '';
  return `${host.slice(0, 80).replaceAll(/[^\w.-]/g, '')}…`;
}

/** A line, or what is left of one: code spans are code, all else is text. */
function disarmedLine(line: string, begins: boolean): string {
  const [head, rest] = begins && reference.test(line) ? [line.replace(reference, '$1 '), ''] : ['', line];
  if (head !== '') return disarmedText(head);
  let shown = '';
  let from = 0;
  for (let span = spanAt(rest, 0); span !== null; span = spanAt(rest, from)) {
    shown += disarmedText(rest.slice(from, span.start)) + disarmedCode(rest.slice(span.start, span.end));
    from = span.end;
  }
  return shown + disarmedText(rest.slice(from));
}

/** The next span of code that begins and ends in this line and in one cell of a table; null where there is none. */
function spanAt(line: string, from: number): { start: number; end: number } | null {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let opening = runs.exec(line); opening !== null; opening = runs.exec(line)) {
    const [mark] = opening;
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(line.slice(Math.max(from, opening.index - 8), opening.index))) continue;
    const start = opening.index;
    const closing = closingOf(line, start + mark.length, mark);
    if (closing !== null && !line.slice(start, closing).includes('|')) return { start, end: closing };
  }
  return null;
}

function closingOf(line: string, from: number, mark: string): number | null {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(line); run !== null; run = runs.exec(line)) if (run[0] === mark) return run.index + mark.length;
  return null;
}

/** The mark of the fence after a line that opens or closes one (null: none); undefined for every other line. */
function fenceAfter(line: string, open: string | null): string | null | undefined {
  const [, mark, info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)/.exec(line) ?? [];
  if (mark === undefined) return undefined;
  if (open === null) return mark.startsWith('`') && info.includes('`') ? undefined : mark;
  return mark.startsWith(open) && info.trim() === '' ? null : undefined;
}

/** An unfinished line that may yet become a fence or a reference. */
const undecided = /^\s*(?:[`~]+[^\n]*|\[[^\]]*(?:\](?::.*)?)?)?$/;
const longestKept = 4_000;

/**
 * The text of a model as it comes, cut anywhere, so that showing it sends nothing anywhere. What can't be judged yet is
 * kept: a word that has not ended, code whose end is not there.
 */
export class Disarmer {
  private kept = '';
  /** Whether what is kept begins its line. */
  private begins = true;
  private fence: string | null = null;

  push(piece: string): string {
    this.kept += piece;
    let given = '';
    for (let end = this.kept.indexOf('\n'); end >= 0; end = this.kept.indexOf('\n')) given += this.give(end + 1);
    return given + this.give(this.certain());
  }

  end(): string {
    return this.give(this.kept.length);
  }

  private give(length: number): string {
    if (length === 0) return '';
    const text = this.kept.slice(0, length);
    const shown = this.disarmed(text);
    this.kept = this.kept.slice(length);
    this.begins = text.endsWith('\n');
    return shown;
  }

  private disarmed(text: string): string {
    const fence = this.begins ? fenceAfter(text, this.fence) : undefined;
    if (fence !== undefined) {
      this.fence = fence;
      return disarmedCode(text);
    }
    return this.fence === null ? disarmedLine(text, this.begins) : disarmedCode(text);
  }

  /** How much of an unfinished line can be given. */
  private certain(): number {
    if (this.kept.length > longestKept) return this.kept.length;
    if (this.fence !== null || (this.begins && undecided.test(this.kept))) return 0;
    return wordsBefore(this.kept, openSpan(this.kept));
  }
}

/** Where code begins that has not ended. */
function openSpan(line: string): number {
  let from = 0;
  for (let span = spanAt(line, 0); span !== null; span = spanAt(line, from)) from = span.end;
  const open = line.indexOf('`', from);
  return open < 0 ? line.length : open;
}

/** Up to the end of the last word that is whole. */
function wordsBefore(line: string, end: number): number {
  return end - (/\S*$/.exec(line.slice(0, end))?.[0].length ?? 0);
}

export function disarm(text: string): string {
  const disarmer = new Disarmer();
  return disarmer.push(text) + disarmer.end();
}
