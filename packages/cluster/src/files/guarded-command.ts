/**
 * Runs its arguments as a program and ends it when the input ends, which is what is left of us in a container after the
 * connection is gone: runtimes leave a program that writes to nobody waiting for ever. Waits for both, so that no
 * process is left unburied in a container whose first process does not see to that.
 */
const guardScript = `exec 3<&0
"$@" </dev/null 3<&- & work=$!
(read _ <&3; kill $work) >/dev/null 2>&1 & guard=$!
exec 3<&-
wait $work; status=$?
kill $guard 2>/dev/null; wait $guard 2>/dev/null
exit $status`;

/** A program that ends with the connection. To be run with `stdin`, and nothing written to it. */
export function guardedCommand(command: readonly string[]): string[] {
  return ['sh', '-c', guardScript, 'sh', ...command];
}
