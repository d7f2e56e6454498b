import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Environment } from '../config/options.ts';

export interface TerminalOptions {
  /** Whether shells run on this machine: QUARTERDECK_TERMINAL. */
  enabled: boolean;
  /** QUARTERDECK_TERMINAL_SHELL, else the person's own. */
  shell: string;
  /** Lines that the host keeps above the screen: QUARTERDECK_TERMINAL_SCROLLBACK. */
  scrollback: number;
  /** The kubeconfig of the workbench, in kubectl's order. */
  kubeconfigs: readonly string[];
}

const usualScrollback = 5000;
const mostScrollback = 50_000;

/**
 * A shell on the machine of a team's workbench is a shell as whoever runs the workbench, with all that it can reach: there it
 * is off until an administrator turns it on. Throws VALIDATION_ERROR.
 */
export function readTerminalOptions(environment: Environment, { team, kubeconfig }: { team: boolean; kubeconfig: string | null }): TerminalOptions {
  const { QUARTERDECK_TERMINAL: enabled, QUARTERDECK_TERMINAL_SHELL: shell, QUARTERDECK_TERMINAL_SCROLLBACK: scrollback } = environment;
  return {
    enabled: readSwitch(enabled) ?? !team,
    shell: shell || environment.SHELL || (process.platform === 'win32' ? 'powershell.exe' : '/bin/sh'),
    scrollback: readScrollback(scrollback),
    kubeconfigs: kubeconfig === null ? kubeconfigsOf(environment) : [kubeconfig],
  };
}

function kubeconfigsOf({ KUBECONFIG, HOME }: Environment): string[] {
  const named = (KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  return named.length > 0 ? named : [join(HOME || homedir(), '.kube', 'config')];
}

function readSwitch(text: string | undefined): boolean | null {
  if (text === undefined || text === '') return null;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new AppError('VALIDATION_ERROR', `QUARTERDECK_TERMINAL is "${text}".`, { hint: 'It can be on or off.' });
}

function readScrollback(text: string | undefined): number {
  if (text === undefined || text === '') return usualScrollback;
  const lines = z.coerce.number().int().min(100).max(mostScrollback).safeParse(text);
  if (lines.success) return lines.data;
  throw new AppError('VALIDATION_ERROR', `QUARTERDECK_TERMINAL_SCROLLBACK is "${text}".`, { hint: `Give a number of lines from 100 to ${mostScrollback}.` });
}
