import { helmInstallSchema, helmRollbackSchema, helmTestSchema, helmUninstallSchema, helmUpgradeSchema } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { helmArguments, previewArguments } from './helm-arguments.ts';
import { helmEnvironment } from './helm-environment.ts';

const target = { name: 'lamp', namespace: 'shop' };
const timing = ['--namespace=shop', '--timeout=300s'];

describe('helmArguments', () => {
  it('puts what was chosen behind = or --', () => {
    const install = helmInstallSchema.parse({
      ...target,
      chart: 'lantern',
      version: '^1.2',
      repository: 'https://charts.example',
      createNamespace: true,
      set: ['a=--x'],
    });
    expect(helmArguments({ do: 'install', input: install }, '/tmp/values.yaml', { major: 4 })).toEqual([
      ...[
        'install',
        ...timing,
        '--version=^1.2',
        '--repo=https://charts.example',
        '--values=/tmp/values.yaml',
        '--set=a=--x',
        '--create-namespace',
        '--',
        'lamp',
        'lantern',
      ],
    ]);
    const rollback = helmRollbackSchema.parse({ ...target, revision: '3', wait: true, timeoutSeconds: '20' });
    expect(helmArguments({ do: 'rollback', input: rollback }, null, { major: 4 })).toEqual([
      'rollback',
      '--namespace=shop',
      '--timeout=20s',
      '--wait',
      '--',
      'lamp',
      '3',
    ]);
    const uninstall = helmUninstallSchema.parse({ ...target, keepHistory: true });
    expect(helmArguments({ do: 'uninstall', input: uninstall }, null, { major: 3 })).toEqual(['uninstall', ...timing, '--keep-history', '--', 'lamp']);
    expect(helmArguments({ do: 'test', input: helmTestSchema.parse(target) }, null, { major: 3 })).toEqual(['test', ...timing, '--logs', '--', 'lamp']);
  });

  it('says in words of that version that a failure takes everything back', () => {
    const upgrade = helmUpgradeSchema.parse({
      ...target,
      chart: 'oci://registry.example/lantern',
      rollbackOnFailure: true,
      install: true,
      base: 'reuse',
      forceConflicts: true,
    });
    const [three, four] = [3, 4].map((major) => helmArguments({ do: 'upgrade', input: upgrade }, null, { major }));
    expect(three).toEqual(expect.arrayContaining(['--atomic', '--reset-then-reuse-values', '--install']));
    expect(four).toContain('--rollback-on-failure');
    expect(previewArguments({ do: 'upgrade', input: upgrade }, null, { major: 4 })).toEqual([
      '--dry-run=server',
      '--output=json',
      'upgrade',
      ...timing,
      '--reset-then-reuse-values',
      '--install',
      '--force-conflicts',
      '--',
      'lamp',
      'oci://registry.example/lantern',
    ]);
  });
});

it.each([
  ['a name that is an option', { name: '--post-renderer=sh' }],
  ['a chart that is an option', { chart: '--set-file=a=/etc/shadow' }],
  ['a version that is an option', { version: '-f' }],
  ['a namespace that is an option', { namespace: '-n' }],
  ['a chart with a line break', { chart: 'lantern\n--debug' }],
  ['a repository that is no address', { repository: 'file:///etc' }],
  ['a name that is too long', { name: 'a'.repeat(54) }],
  ['a value without a name', { set: ['storm'] }],
])('refuses %s', (_name, change) => {
  expect(helmInstallSchema.safeParse({ ...target, chart: 'lantern', ...change }).success).toBe(false);
});

describe('helmEnvironment', () => {
  const shell = {
    PATH: '/bin',
    HOME: '/home/ann',
    AWS_SECRET_ACCESS_KEY: 'geheim',
    KUBECONFIG: '/home/ann/.kube/config',
    HELM_KUBETOKEN: 'geheim',
    NO_PROXY: 'corp',
  };

  it('hands on nothing that is not on the list', () => {
    const environment = helmEnvironment(shell, '/private', 'Secret', 'linux');
    expect(JSON.stringify(environment)).not.toMatch(/geheim|\.kube/);
    expect(environment).toMatchObject({ PATH: '/bin', NO_PROXY: 'corp,127.0.0.1', HELM_DRIVER: 'secret', HELM_PLUGINS: '/private/helm/plugins' });
  });

  it('finds the repositories of the person', () => {
    expect(helmEnvironment(shell, '/p', 'Secret', 'linux').HELM_REPOSITORY_CONFIG).toBe('/home/ann/.config/helm/repositories.yaml');
    expect(helmEnvironment(shell, '/p', 'Secret', 'darwin').HELM_REPOSITORY_CACHE).toBe('/home/ann/Library/Caches/helm/repository');
    expect(helmEnvironment({ ...shell, HELM_CONFIG_HOME: '/own' }, '/p', 'ConfigMap', 'linux')).toMatchObject({
      HELM_REGISTRY_CONFIG: '/own/registry/config.json',
      HELM_DRIVER: 'configmap',
    });
  });
});
