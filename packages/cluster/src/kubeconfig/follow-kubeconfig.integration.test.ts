import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FollowedKubeconfig, followKubeconfig } from './follow-kubeconfig.ts';
import { systemKubeconfigSources } from './load-kubeconfig.ts';

const timing = { settleMs: 20, confirmMs: 150, everyMs: 3_600_000 };
const text = (...names: string[]) => `
current-context: ${names[0]}
clusters: [{name: c, cluster: {server: "https://c"}}]
users: [{name: u, user: {tokenFile: login/token}}]
contexts: [${names.map((name) => `{name: ${name}, context: {cluster: c, user: u}}`).join(', ')}]
`;

describe('a kubeconfig that is followed', () => {
  let folder: string;
  let followed: FollowedKubeconfig | null = null;
  const path = (name: string) => join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-follow-'));
  });

  afterEach(async () => {
    followed?.close();
    await rm(folder, { recursive: true });
  });

  async function follow(KUBECONFIG: string, uploads?: string) {
    const sources = { ...systemKubeconfigSources(), environment: { KUBECONFIG }, ...(uploads === undefined ? {} : { uploads }) };
    followed = await followKubeconfig(sources, timing);
    const { current } = followed;
    return () => current.call(followed).contexts.map(({ id }) => id);
  }
  const shows = (ids: () => string[], ...expected: string[]) => vi.waitFor(() => expect(ids()).toEqual(expected), { timeout: 10_000 });

  it('shows what is written into the file, and what takes its place', async () => {
    await writeFile(path('config'), text('a'));
    const ids = await follow(path('config'));
    expect(ids()).toEqual(['a']);
    await writeFile(path('config'), text('a', 'b'));
    await shows(ids, 'a', 'b');
    await writeFile(path('.config.swp'), text('c'));
    await rename(path('.config.swp'), path('config'));
    await shows(ids, 'c');
    expect(followed?.current().currentContext).toBe('c');
  });

  it('keeps what it had while a file is half written, and believes what stays away', async () => {
    await writeFile(path('config'), text('a'));
    const ids = await follow(path('config'));
    const seen: string[][] = [];
    followed?.onChange(({ kubeconfig }) => seen.push(kubeconfig.contexts.map(({ id }) => id)));
    await writeFile(path('config'), '');
    await writeFile(path('config'), text('a', 'b'));
    await shows(ids, 'a', 'b');
    expect(seen).not.toContainEqual([]);
    await rm(path('config'));
    await shows(ids);
  });

  it('sees files, folders and links that come later', async () => {
    const ids = await follow(path('.kube/config'), path('uploads'));
    await mkdir(path('.kube'));
    await mkdir(path('real'));
    await writeFile(path('real/config'), text('a'));
    await symlink(path('real/config'), path('.kube/config'));
    await shows(ids, 'a');
    await writeFile(path('real/config'), text('b'));
    await shows(ids, 'b');
    await mkdir(path('uploads'));
    await writeFile(path('uploads/mine.yaml'), text('m'));
    await shows(ids, 'b', 'm@mine.yaml');
  });

  it('tells whose token file changed, and that their connection is the same', async () => {
    await mkdir(path('login'));
    await writeFile(path('login/token'), 'one');
    await writeFile(path('config'), text('a'));
    await follow(path('config'));
    const before = followed?.current().contexts[0]?.fingerprint;
    const touched: string[] = [];
    followed?.onChange((change) => touched.push(...change.touched));
    await writeFile(path('login/other'), 'nothing to us');
    await writeFile(path('login/token'), 'two');
    await vi.waitFor(() => expect(touched).toContain('a'), { timeout: 10_000 });
    expect(followed?.current().contexts[0]?.fingerprint).toBe(before);
  });
});
