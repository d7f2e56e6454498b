import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { KubeconfigProblem } from './cluster-context.ts';
import { type ClusterEntry, type ContextEntry, clusterSchema, contextSchema, fileSchema, type UserEntry, userSchema } from './kubeconfig-schema.ts';

/** An entry with the place it stands at: relative paths are resolved against its file. */
export interface Located<T> {
  /** Of the entry, where it has one. */
  name?: string;
  value: T;
  file: string;
  line: number | null;
}

export interface KubeconfigFile {
  file: string;
  currentContext: string | null;
  clusters: Map<string, Located<ClusterEntry>>;
  users: Map<string, Located<UserEntry>>;
  contexts: Map<string, Located<ContextEntry>>;
  problems: KubeconfigProblem[];
}

const hint = 'Correct this line, or take the file out of KUBECONFIG.';
const named = z.object({ name: z.string().min(1) });

/** Reads one file's text. Whatever is wrong with it is in `problems`; the entries that are right are kept. */
export function parseKubeconfigFile(file: string, text: string): KubeconfigFile {
  const source = new KubeconfigSource(file, text);
  const frame = source.frame();
  return {
    file,
    currentContext: frame?.['current-context'] || null,
    clusters: source.entries('clusters', frame?.clusters, (entry) =>
      named
        .extend({ cluster: clusterSchema })
        .transform((e) => e.cluster)
        .safeParse(entry),
    ),
    users: source.entries('users', frame?.users, (entry) =>
      named
        .extend({ user: userSchema.nullish() })
        .transform((e) => e.user ?? {})
        .safeParse(entry),
    ),
    contexts: source.entries('contexts', frame?.contexts, (entry) =>
      named
        .extend({ context: contextSchema })
        .transform((e) => e.context)
        .safeParse(entry),
    ),
    problems: source.problems,
  };
}

/** One file's document with the way from a path inside it back to the line in the text. */
class KubeconfigSource {
  readonly problems: KubeconfigProblem[] = [];
  private readonly file: string;
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;

  constructor(file: string, text: string) {
    this.file = file;
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
  }

  frame(): z.infer<typeof fileSchema> | null {
    const [broken] = this.document.errors;
    if (broken !== undefined) {
      this.problem(this.lines.linePos(broken.pos[0]).line, `this is not valid YAML (${broken.message.replace(/\.$/, '')})`);
      return null;
    }
    const frame = fileSchema.safeParse(this.plainValue());
    if (frame.success) return frame.data;
    this.report(frame.error, []);
    return null;
  }

  entries<T>(section: string, entries: readonly unknown[] | null | undefined, read: (entry: unknown) => z.ZodSafeParseResult<T>): Map<string, Located<T>> {
    const found = new Map<string, Located<T>>();
    for (const [index, entry] of (entries ?? []).entries()) {
      const parsed = read(entry);
      if (!parsed.success) {
        this.report(parsed.error, [section, index]);
        continue;
      }
      const { name } = named.parse(entry);
      if (!found.has(name)) found.set(name, { name, value: parsed.data, file: this.file, line: this.lineAt([section, index]) });
    }
    return found;
  }

  /** An alias bomb (aliases of aliases) makes `toJS` throw; an empty file is an empty kubeconfig, as for kubectl. */
  private plainValue(): unknown {
    try {
      return this.document.toJS({ maxAliasCount: 100 }) ?? {};
    } catch (thrown) {
      this.problem(1, `this file can't be expanded (${thrown instanceof Error ? thrown.message : String(thrown)})`);
      return {};
    }
  }

  private report(error: z.ZodError, prefix: readonly PropertyKey[]): void {
    for (const issue of error.issues) {
      const path = [...prefix, ...issue.path];
      const where = path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '');
      this.problem(this.lineAt(path), where === '' ? issue.message : `${where}: ${issue.message}`);
    }
  }

  private problem(line: number | null, what: string): void {
    const at = line === null ? this.file : `${this.file}, line ${line}`;
    this.problems.push({ file: this.file, line, message: `${at}: ${what}`, hint });
  }

  /** The line of the node at a path, or of the nearest node above it: a missing field has no line of its own. */
  private lineAt(path: readonly PropertyKey[]): number | null {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? this.document.contents : this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return null;
  }
}
