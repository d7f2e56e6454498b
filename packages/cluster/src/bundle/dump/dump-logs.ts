import type { RecordedLog } from '../bundle-format.ts';

const head = /^==== START logs for container (\S+) of pod ([^\s/]+)\/(\S+) ====$/;
const tail = /^==== END logs for container /;

/** Takes the logs out of text as `kubectl cluster-info dump` writes them, and gives what is left. */
export function takeLogs(text: string): { logs: RecordedLog[]; rest: string[] } {
  const logs: RecordedLog[] = [];
  const rest: string[] = [];
  let current: RecordedLog | null = null;
  for (const line of text.split('\n')) {
    const [, container, namespace, pod] = head.exec(line) ?? [];
    if (container !== undefined && namespace !== undefined && pod !== undefined) {
      current = { namespace, pod, container, previous: false, lines: [] };
      logs.push(current);
    } else if (tail.test(line)) current = null;
    else if (current === null) rest.push(line);
    else current.lines.push(line);
  }
  return { logs, rest };
}
