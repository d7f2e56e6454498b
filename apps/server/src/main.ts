import { exitCode, toAppError } from '@quarterdeck/contract';
import { findClusterSources } from './clusters/cluster-sources.ts';
import { keepHeapSmall } from './config/keep-heap-small.ts';
import { createLog } from './config/log.ts';
import { readOptions } from './config/options.ts';
import { readVersion } from './config/version.ts';
import { startServer } from './start-server.ts';

keepHeapSmall();
const log = createLog(process.env.QUARTERDECK_LOG);

/** A fault that nobody caught leaves the process in a state that nobody knows. */
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (thrown: unknown) => {
    log.fatal({ err: thrown }, 'The workbench failed unexpectedly and ends.');
    process.exit(1);
  });
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  const clusters = await findClusterSources(options, log);
  const server = await startServer({ ...options, clusters, role: options.bundle === null ? 'server' : 'guest', version: await readVersion(), log });
  endOnSignal(server.close);
  if (options.port === null) log.info({ port: server.port }, 'Set PORT to choose another port.');
  process.stdout.write(`${server.url}\n`);
} catch (thrown) {
  const error = toAppError(thrown);
  if (error.code === 'INTERNAL_ERROR') log.fatal({ err: error }, error.message);
  process.stderr.write(`${[error.message, error.hint].filter((line) => line !== undefined).join('\n')}\n`);
  process.exitCode = exitCode[error.code];
}

/** The first signal ends the workbench in order, the second at once. */
function endOnSignal(close: () => Promise<void>): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (ending) process.exit(exitCode.CANCELLED);
      ending = true;
      close().then(
        () => process.exit(0),
        (thrown: unknown) => {
          log.error({ err: thrown }, 'Ending did not go well.');
          process.exit(1);
        },
      );
    });
  }
}
