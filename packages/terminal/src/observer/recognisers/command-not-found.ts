import type { Recogniser } from '../recogniser.ts';

/** As bash and sh, zsh and fish say it. */
const patterns = [
  /^(?:-?(?:bash|sh|dash)|\/bin\/\w+): (?:line )?(?:\d+: )?(\S+): (?:command )?not found$/,
  /^zsh: command not found: (\S+)$/,
  /^fish: Unknown command:? '?([^\s']+)'?$/,
];

/** What is typed most around clusters. */
const programs = [
  'kubectl',
  'helm',
  'qd',
  'docker',
  'git',
  'npm',
  'node',
  'python3',
  'terraform',
  'make',
  'curl',
  'ssh',
  'grep',
  'less',
  'cat',
  'clear',
  'exit',
];

export const commandNotFound: Recogniser = {
  kind: 'commandNotFound',
  recognise({ command, exit, lines }) {
    if (exit !== 127) return [];
    const name = lines.flatMap((line) => patterns.flatMap((pattern) => pattern.exec(line)?.[1] ?? []))[0];
    if (name === undefined) return [];
    const near = programs.find((program) => isNear(name, program));
    const suggestion = near === undefined || !command.includes(name) ? null : command.replace(name, near);
    return [{ title: `There is no command ${name}`, detail: 'It is not installed, or not in PATH.', suggestion }];
  },
};

/** One letter more, less or other, or two neighbours in the wrong order. */
function isNear(typed: string, meant: string): boolean {
  if (typed === meant || Math.abs(typed.length - meant.length) > 1 || meant.length < 3) return false;
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start += 1;
  const [left, right] = [typed.slice(start), meant.slice(start)];
  if (left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1)) return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}
