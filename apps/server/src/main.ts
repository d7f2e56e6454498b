import { join } from 'node:path';
import { exitCode, toAppError } from '@quarterdeck/contract';
import { parseStorageUrl } from '@quarterdeck/storage';
import { findClusterSources } from './clusters/cluster-sources.ts';
import { keepHeapSmall } from './config/keep-heap-small.ts';
import { createLog } from './config/log.ts';
import { readOptions, type ServerOptions } from './config/options.ts';
import { readVersion } from './config/version.ts';
import { protectionOf } from './gate/protection.ts';
import { readTeamOptions, type TeamOptions } from './identity/team-options.ts';
import { startTracing } from './observability/tracing.ts';
import { type StartOptions, startServer } from './start-server.ts';
import { readTerminalOptions } from './terminal/terminal-options.ts';

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
  const version = await readVersion();
  const endTraces = await startTracing(process.env, version);
  const clusters = await findClusterSources(options, log);
  const team = options.team ? await readTeamOptions(process.env, { ...options.exposure, sources: clusters.sources }) : null;
  const server = await startServer({
    ...options,
    ...storageFor(options, team),
    clusters,
    protection: protectionOf(process.env),
    team,
    terminal: readTerminalOptions(process.env, options),
    environment: process.env,
    version,
    log,
  });
  endOnSignal(() => server.close().finally(endTraces));
  if (options.port === null) log.info({ port: server.port }, 'Set PORT to choose another port.');
  process.stdout.write(`${server.url}\n`);
  for (const { email, password, sees } of server.demo) process.stdout.write(`Log in as ${email} with ${password} to see ${sees}.\n`);
} catch (thrown) {
  const error = toAppError(thrown);
  if (error.code === 'INTERNAL_ERROR') log.fatal({ err: error }, error.message);
  process.stderr.write(`${[error.message, error.hint].filter((line) => line !== undefined).join('\n')}\n`);
  process.exitCode = exitCode[error.code];
}

/** A team to be tried keeps what is its own apart: its accounts must not be in the way of real ones. */
function storageFor({ bundle, stateDirectory, storageUrl }: ServerOptions, team: TeamOptions | null): Pick<StartOptions, 'storageUrl' | 'role'> {
  if (team?.demo) return { storageUrl: parseStorageUrl(`sqlite:${join(stateDirectory, 'demo-team.db')}`), role: 'server' };
  return { storageUrl, role: bundle === null ? 'server' : 'guest' };
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
