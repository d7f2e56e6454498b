import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds this checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string[]} parts */
export const inCheckout = (...parts) => path.join(root, ...parts);

/**
 * Where each step's output goes, for the moment when it fails.
 * @param {string} step
 */
export const logFile = (step) => inCheckout('.node', 'log', `${step}.log`);
