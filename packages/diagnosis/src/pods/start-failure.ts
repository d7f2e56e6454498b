/** Why the runtime could not start a container. */
export type StartFailure =
  | { kind: 'command-missing'; command: string }
  | { kind: 'command-refused'; command: string; directory: boolean }
  | { kind: 'memory-too-low' }
  | { kind: 'user-missing'; user: string }
  | { kind: 'no-command' }
  | { kind: 'wrong-format'; command: string | null }
  | { kind: 'working-directory'; path: string }
  | { kind: 'other' };

const notFound = /executable file not found|no such file or directory|stat [^:]+: no such file/i;

/** Texts of runc, crun and containerd, from the states StartError, RunContainerError and CreateContainerError. */
export function parseStartFailure(message: string): StartFailure {
  const cwd = /(?:chdir to cwd \(\\?"|cwd \(")([^"\\]+)\\?"\) set in config\.json failed|mkdir ([^:\s]+): (?:not a directory|read-only file system)/.exec(
    message,
  );
  if (cwd !== null && /chdir|cwd/.test(message)) return { kind: 'working-directory', path: cwd[1] ?? cwd[2] ?? '' };
  if (
    /container init was OOM-killed|memory limit too low|Minimum memory limit allowed|failed to write[^:]*memory\.max|memory\.max: invalid argument|unable to set memory limit/i.test(
      message,
    )
  )
    return { kind: 'memory-too-low' };
  const user = /unable to find (?:user|group) ([^:\s]+): no matching entries|no users found|failed to get user by username "?([^":\s]+)/.exec(message);
  if (user !== null) return { kind: 'user-missing', user: user[1] ?? user[2] ?? 'it names' };
  if (/no command specified/i.test(message)) return { kind: 'no-command' };
  const command = /exec: \\?"((?:[^"\\]|\\(?!"))+)\\?"/.exec(message)?.[1] ?? /exec ([^\s:]+):/.exec(message)?.[1] ?? null;
  if (/exec format error/i.test(message)) return { kind: 'wrong-format', command };
  if (command !== null && /permission denied|is a directory/i.test(message))
    return { kind: 'command-refused', command, directory: /is a directory/i.test(message) };
  return command !== null && notFound.test(message) ? { kind: 'command-missing', command } : { kind: 'other' };
}
