import { createShellExtension } from '../integration/shell-extension.ts';
import type { CreateHostExtension } from './host-extension.ts';

/** In the order in which they prepare a shell. */
export const allExtensions: readonly CreateHostExtension[] = [createShellExtension];
