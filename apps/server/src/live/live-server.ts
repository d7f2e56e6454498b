import type { Server } from 'node:http';
import {
  attachPath,
  execPath,
  largestShellMessage,
  largestTerminalInput,
  livePath,
  socketProtocol,
  terminalProtocol,
  terminalSocketPath,
  toAppError,
} from '@quarterdeck/contract';
import type { WebSocket } from 'ws';
import { admitShell, openShell, readShellQuery } from '../pods/open-shell.ts';
import { ShellConnection } from '../pods/shell-connection.ts';
import { admit } from '../routes/admit.ts';
import type { Services } from '../routes/services.ts';
import { TerminalConnection } from '../terminal/terminal-connection.ts';
import { FrameBudget } from './frame-budget.ts';
import { IdleEnd } from './idle-end.ts';
import { LiveConnection } from './live-connection.ts';
import { type SocketEndpoint, serveUpgrades, type UpgradeOptions } from './upgrades.ts';

/** Client frames are small; whoever sends more does not speak our language. Bytes. */
const largestFrame = 64 * 1024;
/** Without a key pressed or a word said. Milliseconds. */
const idleShell = 3_600_000;

/** Answers the WebSocket upgrades of an HTTP server: the live subscriptions, the shells in pods, and the terminals. */
export function attachLiveServer(server: Server, options: UpgradeOptions): { close(): Promise<void> } {
  const { services } = options;
  return serveUpgrades(server, options, [
    liveEndpoint(services),
    shellEndpoint(execPath, 'exec', services),
    shellEndpoint(attachPath, 'attach', services),
    terminalEndpoint(services),
  ]);
}

function liveEndpoint(services: Services): SocketEndpoint {
  return {
    path: livePath,
    protocol: socketProtocol,
    largestMessage: largestFrame,
    most: 50,
    purpose: () => ({ purpose: 'live' }),
    alwaysTicket: false,
    admit:
      ({ actor }) =>
      (socket) => {
        const connection = new LiveConnection(socket, actor, services);
        const budget = new FrameBudget(() => performance.now());
        socket.on('message', (data, binary) => {
          if (!budget.spend()) return socket.close(1008, 'There are too many frames.');
          const text = binary ? '' : String(data);
          connection.receive(text).catch((thrown) => socket.close(1008, toAppError(thrown).message.slice(0, 100)));
        });
        socket.on('close', () => connection.close());
      },
  };
}

function shellEndpoint(path: string, kind: 'exec' | 'attach', services: Services): SocketEndpoint {
  return {
    path,
    protocol: socketProtocol,
    largestMessage: largestShellMessage,
    most: 20,
    purpose: (parameters) => ({ purpose: kind, shell: readShellQuery(parameters) }),
    alwaysTicket: true,
    admit(caller, parameters) {
      const query = admitShell(caller.actor, parameters, services);
      return (socket) => {
        const idle = new IdleEnd(idleShell, () => socket.close(1001, 'Nobody used this shell for an hour.'));
        const connection = new ShellConnection(shellSocket(socket, idle), {
          forPage: caller.via === 'web',
          open: (signal) => openShell(kind, query, services, caller, signal),
          onFailure: (error, requestId) => services.log.error({ err: error, requestId }, 'A shell failed unexpectedly.'),
        });
        socket.on('message', (data) => {
          idle.touch();
          connection.receive(data instanceof Uint8Array ? data : Buffer.alloc(0));
        });
        socket.on('close', () => {
          idle.stop();
          connection.close();
        });
      };
    },
  };
}

function terminalEndpoint({ terminals, log }: Services): SocketEndpoint {
  return {
    path: terminalSocketPath,
    protocol: terminalProtocol,
    largestMessage: largestTerminalInput,
    most: 20,
    purpose: () => ({ purpose: 'terminal' }),
    alwaysTicket: true,
    admit(caller) {
      admit(caller.actor, { permission: 'terminal.open', effect: 'read' }, null);
      terminals.hostsFor(caller.actor);
      return (socket) => {
        const failed = (error: Error) => log.error({ err: error, requestId: caller.requestId }, 'A terminal failed unexpectedly.');
        const connection = new TerminalConnection(terminalSocket(socket), { desk: terminals, caller, failed });
        socket.on('message', (data) => {
          try {
            connection.receive(data instanceof Uint8Array ? data : Buffer.alloc(0));
          } catch (thrown) {
            socket.close(1008, toAppError(thrown).message.slice(0, 100));
          }
        });
        socket.on('close', (code) => void connection.close(code === 1000 || code === 1001).catch(failed));
      };
    },
  };
}

function terminalSocket(socket: WebSocket) {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (message: Uint8Array, sent: () => void) => socket.send(message, { binary: true }, sent),
    close: (code: number, reason: string) => socket.close(code, reason),
  };
}

function shellSocket(socket: WebSocket, idle: IdleEnd) {
  return {
    send(message: Uint8Array) {
      idle.touch();
      return new Promise<void>((resolve, reject) => socket.send(message, { binary: true }, (failure) => (failure == null ? resolve() : reject(failure))));
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(1000),
  };
}
