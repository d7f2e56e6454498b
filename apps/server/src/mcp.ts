import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { exitCode, toAppError } from '@quarterdeck/contract';
import { ClusterRegistry } from './clusters/cluster-registry.ts';
import { findClusterSources } from './clusters/cluster-sources.ts';
import { createLog } from './config/log.ts';
import { readOptions } from './config/options.ts';
import { readVersion } from './config/version.ts';
import { localAgent } from './gate/actors.ts';
import { openDismissals } from './issues/dismissals.ts';
import { createMcpServer } from './tools/mcp-server.ts';

/** The same workbench for programs that speak the Model Context Protocol on standard input and output. */
const log = createLog(process.env.QUARTERDECK_LOG);

try {
  const options = readOptions(process.argv.slice(2), process.env);
  const { sources, current } = await findClusterSources(options, log);
  const clusters = new ClusterRegistry(sources, current);
  const services = { version: await readVersion(), clusters, dismissals: await openDismissals(options.stateDirectory), log };
  const connection = serveStdio(() => createMcpServer(services, localAgent), {
    onerror: (error) => log.warn({ err: error }, 'The MCP connection has a fault.'),
  });
  const end = async () => {
    await connection.close();
    await clusters.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
  process.stdin.once('end', end);
} catch (thrown) {
  const error = toAppError(thrown);
  process.stderr.write(`${[error.message, error.hint].filter((line) => line !== undefined).join('\n')}\n`);
  process.exitCode = exitCode[error.code];
}
