import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mostBytes = 32 * 2 ** 20;

/** What a program writes, or null where it is not installed. Throws as it fails, with what it said. */
export async function readChild(command: string, args: readonly string[], signal: AbortSignal): Promise<string | null> {
  try {
    const { stdout } = await run(command, [...args], { signal, maxBuffer: mostBytes });
    return stdout;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}
