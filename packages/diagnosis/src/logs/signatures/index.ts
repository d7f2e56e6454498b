import type { Signature } from '../signature.ts';
import { configurationSignatures } from './configuration.ts';
import { credentialSignatures, kubernetesSignatures, tlsSignatures } from './credentials.ts';
import { environmentSignatures } from './environment.ts';
import { exceptionSignatures } from './exceptions.ts';
import { fileSignatures } from './files.ts';
import { networkSignatures } from './network.ts';
import { resourceSignatures } from './resources.ts';

/** Every signature; of one kind the first that matches a line speaks for it. */
export const signatures: readonly Signature[] = [
  ...configurationSignatures,
  ...environmentSignatures,
  ...tlsSignatures,
  ...credentialSignatures,
  ...kubernetesSignatures,
  ...networkSignatures,
  ...fileSignatures,
  ...resourceSignatures,
  ...exceptionSignatures,
];
