import { AppError } from '@quarterdeck/contract';
import { type BrowserLogin, createBrowserLogin } from '../credentials/browser-login.ts';
import { CredentialCache, type Obtain } from '../credentials/credential-cache.ts';
import type { CredentialSource } from '../credentials/credentials.ts';
import { ExecPlugin } from '../credentials/exec-plugin.ts';
import { FileCredentials } from '../credentials/file-credentials.ts';
import { type OidcClientSettings, OidcProvider } from '../credentials/oidc-provider.ts';
import { OidcUser } from '../credentials/oidc-user.ts';
import { fixedText, type TextSource } from '../credentials/rotating-text.ts';
import type { RunProgram } from '../credentials/run-program.ts';
import { memoryTokenStore, type TokenStore } from '../credentials/token-store.ts';
import type { FetchText } from '../transport/fetch-text.ts';
import { type FileDependencies, fileText, invalidEntry, pemText } from './entry-text.ts';
import { proxyFromEnvironment } from './environment-proxy.ts';
import type { Located } from './kubeconfig-file.ts';
import type { AuthProviderEntry, ClusterEntry, ExecEntry, UserEntry } from './kubeconfig-schema.ts';

export interface LoginDependencies extends FileDependencies {
  /** Plug-ins get it; HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read, for clusters without a proxy-url. */
  environment: Readonly<Record<string, string | undefined>>;
  runProgram: RunProgram;
  /** Whether a person sits at the terminal of this process: plug-ins may ask them things there. Default: false. */
  terminal?: boolean;
  fetchText: FetchText;
  /** Where tokens are kept that issuers give. Default: nowhere but in memory. */
  tokens?: TokenStore;
  /**
   * False for a kubeconfig that somebody else brought: nothing that it names is run or read. Default: true, as for all
   * that kubectl would use as well.
   */
  trusted?: boolean;
}

/** How one user entry logs in. */
export interface UserLogin {
  credentials: CredentialSource;
  /** Where a person can log in anew in a browser. */
  login?: BrowserLogin;
}

/** The ways in which user entries log in. What runs a program or asks an issuer is shared by all contexts that would ask for the same. */
export class UserLogins {
  private readonly dependencies: LoginDependencies;
  private readonly shared = new Map<string, CredentialCache>();
  private readonly tokens: TokenStore;

  constructor(dependencies: LoginDependencies) {
    this.dependencies = dependencies;
    this.tokens = dependencies.tokens ?? memoryTokenStore();
  }

  /** Errors: KUBECONFIG_INVALID, UNSUPPORTED. As for kubectl, a plug-in counts only where nothing else says who the user is. */
  async open(user: Located<UserEntry> | null, cluster: Located<ClusterEntry>, certificateAuthority: () => Promise<string | null>): Promise<UserLogin> {
    if (user !== null && !saysWho(user.value)) {
      const { exec, 'auth-provider': provider } = user.value;
      if (exec) return { credentials: this.openPlugin({ ...user, value: exec }, cluster.value, certificateAuthority) };
      if (provider) return this.openProvider(user, provider, cluster);
    }
    const credentials = this.readFiles(user);
    // A file that is missing is told here, and not by the first request.
    await credentials.current();
    return { credentials };
  }

  private readFiles(user: Located<UserEntry> | null): FileCredentials {
    if (user === null) return new FileCredentials({ authorization: fixedText(null), clientCertificate: fixedText(null), clientKey: fixedText(null) });
    const { value } = user;
    return new FileCredentials({
      authorization: this.authorization(user),
      clientCertificate: pemText(user, value['client-certificate-data'], value['client-certificate'], this.dependencies),
      clientKey: pemText(user, value['client-key-data'], value['client-key'], this.dependencies),
    });
  }

  private authorization(user: Located<UserEntry>): TextSource {
    const { token, tokenFile, username, password } = user.value;
    if (tokenFile) {
      const file = fileText(user, tokenFile, this.dependencies);
      return { text: async () => `Bearer ${(await file.text()).trim()}`, readAgain: async () => `Bearer ${(await file.readAgain()).trim()}` };
    }
    if (token) return fixedText(`Bearer ${token}`);
    return fixedText(username ? `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` : null);
  }

  private openPlugin(exec: Located<ExecEntry>, cluster: ClusterEntry, certificateAuthority: () => Promise<string | null>): CredentialCache {
    const plugin = new ExecPlugin(exec, this.dependencies);
    // Only a plug-in that is told about the cluster may answer differently for another one.
    const told = exec.value.provideClusterInfo === true || this.dependencies.trusted === false ? cluster : null;
    return this.share([exec.file, exec.value, told], async (signal, _refused, say) =>
      plugin.obtain({ cluster, certificateAuthority: await certificateAuthority(), signal, say }),
    );
  }

  private openProvider(user: Located<UserEntry>, provider: AuthProviderEntry, { value: { server } }: Located<ClusterEntry>): UserLogin {
    if (provider.name !== 'oidc') throw unsupportedProvider(user, provider.name);
    const config = provider.config ?? {};
    const client = new OidcProvider(this.oidcSettings(user, config), this.dependencies.fetchText);
    const { issuer, clientId } = client.settings;
    // Whoever brings a kubeconfig chooses its server as well: what was got for one server must not go to another.
    const bound = this.dependencies.trusted === false ? server : null;
    const given = { idToken: config['id-token'] || null, refreshToken: config['refresh-token'] || null };
    const { now } = this.dependencies;
    const oidc = new OidcUser(client, JSON.stringify([issuer, clientId, user.file, user.name, bound]), given, { store: this.tokens, now });
    const credentials = this.share([user.file, user.name, provider, bound], (signal, refused) => oidc.obtain(signal, refused));
    const login = createBrowserLogin(client, async (tokens) => {
      await oidc.keep(tokens);
      credentials.forget();
    });
    return { credentials, login };
  }

  private oidcSettings(user: Located<UserEntry>, config: Record<string, string>): OidcClientSettings {
    const { 'idp-issuer-url': issuer, 'client-id': clientId } = config;
    if (!issuer || URL.parse(issuer)?.protocol !== 'https:') throw invalidEntry(user, 'idp-issuer-url must be a URL that begins with https://', 'Correct it.');
    if (!clientId) throw invalidEntry(user, 'the auth-provider oidc has no client-id', 'Add it, as your provider gave it.');
    const authority = pemText(user, config['idp-certificate-authority-data'], config['idp-certificate-authority'], this.dependencies);
    return {
      issuer,
      clientId,
      clientSecret: config['client-secret'] || null,
      scopes: (config['extra-scopes'] ?? '').split(',').filter((scope) => scope !== ''),
      proxyUrl: proxyFromEnvironment(issuer, this.dependencies.environment),
      certificateAuthority: () => authority.text(),
    };
  }

  private share(what: readonly unknown[], obtain: Obtain): CredentialCache {
    const key = JSON.stringify(what);
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const cache = new CredentialCache(obtain, this.dependencies.now);
    this.shared.set(key, cache);
    return cache;
  }
}

function saysWho(user: UserEntry): boolean {
  return Boolean(user.token || user.tokenFile || user.username || user['client-certificate'] || user['client-certificate-data']);
}

/** What took the place of the auth-providers that kubectl dropped with 1.26. */
const replacements: Readonly<Record<string, string>> = {
  gcp: 'gke-gcloud-auth-plugin replaces it: install it, then run gcloud container clusters get-credentials NAME.',
  azure: 'kubelogin replaces it: install it, then run kubelogin convert-kubeconfig.',
};

function unsupportedProvider({ file, line }: Located<UserEntry>, name: string): AppError {
  return new AppError('UNSUPPORTED', `This context logs in with the auth-provider ${name}, which kubectl no longer knows either.`, {
    hint: replacements[name] ?? 'Use a context with an exec plug-in of your provider, a client certificate or a token.',
    details: { file, line },
  });
}
