import { inspect } from 'node:util';

/** A key of a provider. However it is printed, joined or serialised, only its mask comes out. */
export class ApiKey {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** The key itself, for the header of a request and for a vault; for nothing else. */
  reveal(): string {
    return this.#secret;
  }

  /** A text in which the key stands no more. */
  hideIn(text: string): string {
    return text.replaceAll(this.#secret, this.toString());
  }

  toString(): string {
    return maskKey(this.#secret);
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** `sk-ant-…9x2K`: enough to tell which key it is. Of a short one nothing is shown. */
export function maskKey(secret: string): string {
  if (secret.length < 20) return '…';
  const prefix = /^[a-z]{2,4}-(?:[a-z]{2,5}-)?/i.exec(secret)?.[0] ?? '';
  return `${prefix}…${secret.slice(-4)}`;
}
