import type { Server } from 'node:http';
import { attachPath, execPath, largestShellMessage, livePath, toAppError } from '@quarterdeck/contract';
import type { WebSocket } from 'ws';
import { admitShell, openShell } from '../pods/open-shell.ts';
import { ShellConnection } from '../pods/shell-connection.ts';
import type { Services } from '../routes/services.ts';
import { LiveConnection } from './live-connection.ts';
import { type SocketEndpoint, serveUpgrades, type UpgradeOptions } from './upgrades.ts';

/** Client frames are small; whoever sends more does not speak our language. Bytes. */
const largestFrame = 64 * 1024;

/** Answers the WebSocket upgrades of an HTTP server: the live subscriptions, and the shells in pods. */
export function attachLiveServer(server: Server, options: UpgradeOptions): { close(): void } {
  const { services } = options;
  return serveUpgrades(server, options, [liveEndpoint(services), shellEndpoint(execPath, 'exec', services), shellEndpoint(attachPath, 'attach', services)]);
}

function liveEndpoint(services: Services): SocketEndpoint {
  return {
    path: livePath,
    largestMessage: largestFrame,
    admit:
      ({ actor }) =>
      (socket) => {
        const connection = new LiveConnection(socket, actor, services);
        socket.on('message', (data, binary) => {
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
    largestMessage: largestShellMessage,
    admit(caller, parameters) {
      const query = admitShell(caller.actor, parameters, services);
      return (socket) => {
        const connection = new ShellConnection(shellSocket(socket), {
          open: (signal) => openShell(kind, query, services, caller, signal),
          onFailure: (error, requestId) => services.log.error({ err: error, requestId }, 'A shell failed unexpectedly.'),
        });
        socket.on('message', (data) => connection.receive(data instanceof Uint8Array ? data : Buffer.alloc(0)));
        socket.on('close', () => connection.close());
      };
    },
  };
}

function shellSocket(socket: WebSocket) {
  return {
    send: (message: Uint8Array) =>
      new Promise<void>((resolve, reject) => socket.send(message, { binary: true }, (failure) => (failure == null ? resolve() : reject(failure)))),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(1000),
  };
}
