import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { findContext, type KubeFile, readKubeFile } from './kube-files.ts';

/** What kubectl in the shell speaks to. */
export interface KubeTarget {
  context: string;
  namespace: string;
}

/** A way to the cluster other than the person's own login: through the workbench, which judges each request. */
export interface KubeDoor {
  server: string;
  token: string;
  /** PEM text. */
  certificateAuthority: string;
}

/** Names that no kubeconfig of a person has by chance. */
const doorName = 'quarterdeck-gate';

/**
 * A kubeconfig of one shell that comes first in KUBECONFIG. It holds the current context and a copy of that context's
 * entry, since kubectl changes a value in the file that has it: with these here, `use-context` and `set-context --current`
 * never write to the person's own files. Logins and clusters stay where they are, and are found there.
 */
export class KubeOverlay {
  readonly path: string;
  private readonly files: readonly string[];
  private last: Promise<unknown> = Promise.resolve();

  /** `files`: those that come after it, in kubectl's order. */
  constructor(path: string, files: readonly string[]) {
    this.path = path;
    this.files = files;
  }

  /** Left out or null, the namespace is the one of the context itself. Throws NOT_FOUND for a context that no file has. */
  set(context: string, namespace: string | null, door: KubeDoor | null = null): Promise<KubeTarget> {
    return this.inTurn(async () => {
      const found = await findContext(this.files, context);
      if (found === null)
        throw new AppError('NOT_FOUND', `None of the kubeconfig files of this shell has the context ${context}.`, {
          hint: 'Open another terminal: it is started with all files.',
        });
      const entry = { ...found, context: { ...found.context, namespace: namespace ?? (found.context.namespace || 'default') } };
      const kept = (await readKubeFile(this.path)) ?? {};
      await this.write(withDoor(withContext(kept, entry), entry.name, door));
      return { context, namespace: entry.context.namespace };
    });
  }

  /**
   * What it says now. A context that somebody switched to in the shell, and whose entry stands in another file, is copied
   * here at once: the next change of its namespace then stays here. Null where there is none.
   */
  read(): Promise<KubeTarget | null> {
    return this.inTurn(async () => {
      const file = await readKubeFile(this.path);
      const context = file?.['current-context'];
      if (file === null || !context) return null;
      const own = file.contexts?.find(({ name }) => name === context);
      if (own !== undefined) return { context, namespace: own.context.namespace || 'default' };
      const found = await findContext(this.files, context);
      if (found !== null) await this.write(withContext(file, found));
      return { context, namespace: found?.context.namespace || 'default' };
    });
  }

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const next = this.last.then(run);
    this.last = next.catch(() => undefined);
    return next;
  }

  /** JSON is YAML. */
  private async write(file: KubeFile): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    await writeFile(`${this.path}.new`, JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...file }), { mode: 0o600 });
    await rename(`${this.path}.new`, this.path);
  }
}

function withContext(file: KubeFile, entry: NonNullable<KubeFile['contexts']>[number]): KubeFile {
  const others = (file.contexts ?? []).filter(({ name }) => name !== entry.name);
  return { ...file, contexts: [...others, entry], 'current-context': entry.name };
}

/** The context leads through the door, or as it did before there was one. */
function withDoor(file: KubeFile, context: string, door: KubeDoor | null): KubeFile {
  const clusters = (file.clusters ?? []).filter(({ name }) => name !== doorName);
  const users = (file.users ?? []).filter(({ name }) => name !== doorName);
  if (door === null) return { ...file, clusters, users };
  const cluster = { server: door.server, 'certificate-authority-data': Buffer.from(door.certificateAuthority).toString('base64') };
  const contexts = (file.contexts ?? []).map((entry) =>
    entry.name === context ? { ...entry, context: { ...entry.context, cluster: doorName, user: doorName } } : entry,
  );
  return { ...file, contexts, clusters: [...clusters, { name: doorName, cluster }], users: [...users, { name: doorName, user: { token: door.token } }] };
}
