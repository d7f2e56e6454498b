import type { BrowserLogin, UserInfo } from '@quarterdeck/cluster';
import { AppError, toAppError } from '@quarterdeck/contract';
import type { Output } from '../context.ts';
import { printable } from '../output/printable.ts';
import { listenOnLoopback } from './loopback-listener.ts';

export interface LoginRequest {
  /** Asks the cluster; null where it is too old to say. Throws CLUSTER_AUTH_FAILED where it accepts no login. */
  identify(): Promise<UserInfo | null>;
  /** Where a person can log in in a browser. */
  login: BrowserLogin | undefined;
  /** Log in also where the login still works. */
  force: boolean;
  /** The browser is on another machine. */
  device: boolean;
  /** Where the browser comes back to: the first that is free. */
  ports: readonly number[];
  err: Output;
  signal: AbortSignal;
}

/** How long a person may take. Milliseconds. */
const patience = 300_000;

/** Uses the login that there is, and begins a new one in the browser where it has ended. Says who we are then. */
export async function logIn(request: LoginRequest): Promise<UserInfo | null> {
  const { login, force } = request;
  if (login === undefined) return request.identify();
  if (!force) {
    const outcome = await request.identify().catch((thrown: unknown) => toAppError(thrown));
    if (!(outcome instanceof AppError)) return outcome;
    if (outcome.code !== 'CLUSTER_AUTH_FAILED') throw outcome;
    request.err.write(`${printable(outcome.message)}\n`);
  }
  await (request.device ? logInOnDevice(login, request) : logInWithBrowser(login, request));
  return request.identify();
}

async function logInOnDevice(login: BrowserLogin, { err, signal }: LoginRequest): Promise<void> {
  const device = await login.beginDevice(signal);
  err.write(`Open this page in a browser on any device, and log in with the code ${device.userCode}:\n\n  ${device.url}\n\n`);
  await device.wait(signal);
}

async function logInWithBrowser(login: BrowserLogin, { ports, err, signal }: LoginRequest): Promise<void> {
  const listener = await listenOnLoopback(ports);
  try {
    const pending = await login.begin(listener.redirectUri, signal);
    err.write(`Open this page in a browser on this machine, and log in at ${login.issuer}:\n\n  ${pending.url}\n\n`);
    const finish = async (query: URLSearchParams) => {
      await pending.complete(query, signal);
      return 'You are logged in. Close this page and go back to the terminal.';
    };
    const waited = AbortSignal.timeout(patience);
    await listener.answer(pending.state, finish, AbortSignal.any([signal, waited])).catch((thrown: unknown) => {
      if (!waited.aborted) throw thrown;
      throw new AppError('TIMEOUT', 'Nobody logged in within five minutes.', { hint: 'Run it again.' });
    });
  } finally {
    listener.close();
  }
}
