import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ClusterContext, type FollowedKubeconfig, type Kubeconfig, openCluster } from '@quarterdeck/cluster';
import { AppError, type KubeconfigFileInfo, type Kubeconfigs, kubeconfigName } from '@quarterdeck/contract';
import type { SourceLibrary, SourcesChange } from './cluster-registry.ts';
import type { ClusterSource } from './cluster-source.ts';

/** The kubeconfig files of this workbench: those of kubectl, followed, and those that were uploaded. */
export class KubeconfigLibrary implements SourceLibrary {
  private readonly followed: FollowedKubeconfig;
  private readonly uploads: string;
  /** A recording that is offered besides; empty for none. */
  private readonly besides: readonly ClusterSource[];

  constructor(followed: FollowedKubeconfig, uploads: string, besides: readonly ClusterSource[]) {
    this.followed = followed;
    this.uploads = uploads;
    this.besides = besides;
  }

  get kubeconfigCurrent(): string | null {
    return this.followed.current().currentContext;
  }

  sources(): ClusterSource[] {
    return [...this.followed.current().contexts.map(liveSource), ...this.besides];
  }

  onChange(listener: (change: SourcesChange) => void): () => void {
    return this.followed.onChange(({ kubeconfig, touched }) => {
      listener({ sources: this.sources(), kubeconfigCurrent: kubeconfig.currentContext, touched });
    });
  }

  describe(): Kubeconfigs {
    const { files, problems, currentContext } = this.followed.current();
    const known = new Set(files.map(({ path }) => path));
    return { files: files.map((file) => describeFile(file, problems)), currentContext, problems: problems.filter(({ file }) => !known.has(file)) };
  }

  /**
   * Keeps a kubeconfig that a person brought. It is not trusted: no program and no file that it names is used. Throws
   * VALIDATION_ERROR (a bad name), CONFLICT (a name that is taken), KUBECONFIG_INVALID with the problems where no context of it is usable.
   */
  async upload(name: string, text: string): Promise<KubeconfigFileInfo> {
    const path = this.pathOf(name);
    if (this.describe().files.some((file) => file.path === path))
      throw new AppError('CONFLICT', `There is an uploaded kubeconfig ${name} already.`, { hint: 'Remove it first, or give this one another name.' });
    await this.write(path, text);
    await this.followed.look();
    const file = this.describe().files.find((each) => each.path === path);
    if (file !== undefined && file.contexts.length > 0) return file;
    await this.delete(path);
    const problems = file?.problems ?? [];
    const [first] = problems;
    throw new AppError('KUBECONFIG_INVALID', `${name} has no usable context${first === undefined ? '' : `: ${withoutFolder(first.message, path)}`}.`, {
      hint: first === undefined ? 'Choose a kubeconfig: a YAML file with clusters, users and contexts.' : 'Correct the file, then add it again.',
      details: { problems: problems.map(({ line, message }) => ({ line, message: withoutFolder(message, path), hint: '' })) },
    });
  }

  /** Throws NOT_FOUND. */
  async remove(name: string): Promise<void> {
    const path = this.pathOf(name);
    if (!this.describe().files.some((file) => file.path === path))
      throw new AppError('NOT_FOUND', `There is no uploaded kubeconfig ${name}.`, { hint: 'Files of KUBECONFIG are not the workbench’s to remove.' });
    await this.delete(path);
  }

  close(): void {
    this.followed.close();
  }

  private pathOf(name: string): string {
    if (kubeconfigName.test(name)) return join(this.uploads, name);
    throw new AppError('VALIDATION_ERROR', `"${name}" is no name for an uploaded file.`, {
      hint: 'Use letters, digits, dot, dash and underscore, at most 100.',
    });
  }

  /** It may hold keys: nobody else may read it, and a reader finds all of it or nothing. */
  private async write(path: string, text: string): Promise<void> {
    await mkdir(this.uploads, { recursive: true, mode: 0o700 });
    const temporary = join(this.uploads, `.${basename(path)}.${process.pid}`);
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  }

  private async delete(path: string): Promise<void> {
    await rm(path, { force: true });
    await this.followed.look();
  }
}

function liveSource(context: ClusterContext): ClusterSource {
  const { id, server, namespace, file, origin, user, fingerprint, connection } = context;
  const about = { id, name: id, server, recordedAt: null, namespace, context: { file, origin, user, fingerprint } };
  return { ...about, connection, open: (memory) => openCluster(context, { ...memory, followKinds: true }) };
}

function describeFile({ path, origin, contexts }: Kubeconfig['files'][number], problems: Kubeconfig['problems']): KubeconfigFileInfo {
  return { path, origin, name: origin === 'uploaded' ? basename(path) : null, contexts, problems: problems.filter((problem) => problem.file === path) };
}

function withoutFolder(message: string, path: string): string {
  return message.replaceAll(path, basename(path));
}
