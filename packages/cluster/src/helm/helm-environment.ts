import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HelmRevision } from '@quarterdeck/contract';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a child may know of this machine: where it is, how it speaks, and how it gets out. Tokens and keys of the shell stay here. */
const allowed = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
  'DOCKER_CONFIG',
  'HELM_MAX_HISTORY',
];

/**
 * The environment of Helm: a private home, so that neither plug-ins nor settings of the person act here, but their
 * repositories and registry logins. `folder` is private and goes afterwards.
 */
export function helmEnvironment(environment: Environment, folder: string, storage: HelmRevision['storage'], platform: NodeJS.Platform): Record<string, string> {
  const kept = Object.fromEntries(allowed.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name] ?? '']])));
  const { config, cache } = userFolders(environment, platform);
  const noProxy = [environment.NO_PROXY ?? environment.no_proxy, '127.0.0.1'].filter(Boolean).join(',');
  return {
    ...kept,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    HELM_CONFIG_HOME: join(folder, 'helm', 'config'),
    HELM_CACHE_HOME: join(folder, 'helm', 'cache'),
    HELM_DATA_HOME: join(folder, 'helm', 'data'),
    HELM_PLUGINS: join(folder, 'helm', 'plugins'),
    HELM_REPOSITORY_CONFIG: environment.HELM_REPOSITORY_CONFIG ?? join(config, 'repositories.yaml'),
    HELM_REPOSITORY_CACHE: environment.HELM_REPOSITORY_CACHE ?? join(cache, 'repository'),
    HELM_REGISTRY_CONFIG: environment.HELM_REGISTRY_CONFIG ?? join(config, 'registry', 'config.json'),
    HELM_DRIVER: storage === 'ConfigMap' ? 'configmap' : 'secret',
  };
}

/** Where Helm keeps its things for a person (helm.sh/docs/helm/helm, "Environment variables"). */
function userFolders(environment: Environment, platform: NodeJS.Platform): { config: string; cache: string } {
  const home = environment.HOME ?? homedir();
  const defaults: Partial<Record<NodeJS.Platform, { config: string; cache: string }>> = {
    darwin: { config: join(home, 'Library', 'Preferences', 'helm'), cache: join(home, 'Library', 'Caches', 'helm') },
    win32: { config: join(environment.APPDATA ?? home, 'helm'), cache: join(environment.TEMP ?? tmpdir(), 'helm') },
  };
  const standard = defaults[platform] ?? { config: join(home, '.config', 'helm'), cache: join(home, '.cache', 'helm') };
  return {
    config: environment.HELM_CONFIG_HOME ?? (environment.XDG_CONFIG_HOME ? join(environment.XDG_CONFIG_HOME, 'helm') : standard.config),
    cache: environment.HELM_CACHE_HOME ?? (environment.XDG_CACHE_HOME ? join(environment.XDG_CACHE_HOME, 'helm') : standard.cache),
  };
}
