import { type FoundKey, providerKinds } from '@quarterdeck/assistant';
import { AppError } from '@quarterdeck/contract';

/** Where a cloud tells machines their own credentials; nobody runs models there. */
const ownCredentials = /^(?:169\.254\.|\[?fe80:|\[?fd00:ec2:|metadata\.google\.internal$)/i;

/**
 * Throws VALIDATION_ERROR for an address that is not to be set over HTTP: a vendor with an address of its own is asked there
 * and nowhere else, so that a key that turns up later in the environment goes to nobody else.
 */
export function checkAddress(id: string, baseUrl: string | null): void {
  if (baseUrl === null) return;
  const kind = providerKinds.find((one) => one.id === id);
  if (kind?.baseUrl?.startsWith('https:') === true) {
    throw new AppError('VALIDATION_ERROR', `${kind.name} is asked at ${kind.baseUrl}.`, {
      hint: 'For a gateway make an endpoint of your own, with a key of its own; or set providers.ID.baseUrl in models.json.',
    });
  }
  if (kind !== undefined && kind.baseUrlExample === null) {
    throw new AppError('VALIDATION_ERROR', `${kind.name} has no address.`, { hint: 'Its folder is set in models.json, on the server.' });
  }
  if (!ownCredentials.test(new URL(baseUrl).hostname)) return;
  throw new AppError('VALIDATION_ERROR', 'No models are asked at this address.', { hint: 'Give the address of a server that runs models.' });
}

/** Throws VALIDATION_ERROR where another address would get a key that whoever sets it was never told. */
export function checkKeyStays(id: string, key: FoundKey | null): void {
  if (key === null || key.place === 'vault') return;
  throw new AppError('VALIDATION_ERROR', `The key of ${id} comes from ${key.from}; where it goes is set on the server alone.`, {
    hint: `Run \`qd config set providers.${id}.baseUrl …\` there.`,
  });
}
