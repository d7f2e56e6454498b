import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { exitCode, toAppError } from '@quarterdeck/contract';
import { findClusterSources } from './clusters/cluster-sources.ts';
import { createLog } from './config/log.ts';
import { readOptions } from './config/options.ts';
import { readVersion } from './config/version.ts';
import { protectionOf } from './gate/protection.ts';
import { localCaller } from './mcp/mcp-caller.ts';
import { createMcp } from './mcp/mcp-server.ts';
import { openServices } from './open-services.ts';

/** The same workbench for programs that speak the Model Context Protocol on standard input and output. */
const log = createLog(process.env.QUARTERDECK_LOG);

try {
  const options = readOptions(process.argv.slice(2), process.env);
  const clusters = await findClusterSources(options, log);
  const { stateDirectory, storageUrl, redisUrl } = options;
  const services = await openServices({
    clusters,
    stateDirectory,
    storageUrl,
    redisUrl,
    role: 'guest',
    protection: protectionOf(process.env),
    environment: process.env,
    version: await readVersion(),
    log,
  });
  const serverFor = createMcp(services);
  const caller = localCaller(options.proposals, null);
  const connection = serveStdio(() => serverFor(caller), {
    onerror: (error) => log.warn({ err: error }, 'The MCP connection has a fault.'),
  });
  const end = async () => {
    await connection.close();
    await services.actions.close();
    await services.clusters.close();
    await services.shared.close();
    await services.storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
  process.stdin.once('end', end);
} catch (thrown) {
  const error = toAppError(thrown);
  process.stderr.write(`${[error.message, error.hint].filter((line) => line !== undefined).join('\n')}\n`);
  process.exitCode = exitCode[error.code];
}
