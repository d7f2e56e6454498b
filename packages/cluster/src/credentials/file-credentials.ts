import type { CredentialSource, Credentials } from './credentials.ts';
import type { TextSource } from './rotating-text.ts';

export interface CredentialTexts {
  /** The whole Authorization header. */
  authorization: TextSource;
  clientCertificate: TextSource;
  clientKey: TextSource;
}

/** What the kubeconfig or the files that it names say; refused ones are read again at once, as somebody may have renewed them. */
export class FileCredentials implements CredentialSource {
  private readonly texts: CredentialTexts;
  private held: Credentials | null = null;

  constructor(texts: CredentialTexts) {
    this.texts = texts;
  }

  async current(): Promise<Credentials> {
    const { authorization, clientCertificate, clientKey } = this.texts;
    return this.hold(await authorization.text(), await clientCertificate.text(), await clientKey.text());
  }

  async renew(refused: Credentials): Promise<Credentials | null> {
    const { authorization, clientCertificate, clientKey } = this.texts;
    const read = this.hold(await authorization.readAgain(), await clientCertificate.readAgain(), await clientKey.readAgain());
    return read === refused ? null : read;
  }

  private hold(authorization: string | null, clientCertificate: string | null, clientKey: string | null): Credentials {
    const { held } = this;
    const same = held?.authorization === authorization && held.clientCertificate === clientCertificate && held.clientKey === clientKey;
    if (held !== null && same) return held;
    this.held = { authorization, clientCertificate, clientKey, refusal: null };
    return this.held;
  }
}
