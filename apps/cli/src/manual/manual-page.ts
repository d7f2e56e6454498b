import type { ToldCommand } from '../command-tree.ts';

/** The man page of qd, in the language of man(7). */
export function manualPage(commands: readonly ToldCommand[], version: string): string {
  const [program, ...others] = commands;
  return [
    `.TH QD 1 "" "quarterdeck ${version}" "User Commands"`,
    '.SH NAME',
    'qd \\- what is broken in a Kubernetes cluster, why, and a fix that can be read',
    '.SH SYNOPSIS',
    '.B qd',
    '[command] [options]',
    '.SH DESCRIPTION',
    escaped(program?.description ?? ''),
    '.SH COMMANDS',
    ...others.filter((command) => command.commands.length === 0).flatMap(commandLines),
    '.SH SEE ALSO',
    '.BR kubectl (1),',
    '.BR helm (1)',
    '',
  ].join('\n');
}

function commandLines({ name, description, usage, options }: ToldCommand): string[] {
  return [
    '.TP',
    `.B qd ${escaped(name)} ${escaped(usage)}`,
    ...escaped(description).split('\n').filter(Boolean),
    ...(options.length === 0 ? [] : ['.RS']),
    ...options.flatMap(({ flags, value, description: meaning }) => [
      '.TP',
      `.BR ${flags.map(escaped).join(' ", " ')}${value === null ? '' : ` " ${escaped(value)}"`}`,
      escaped(meaning),
    ]),
    ...(options.length === 0 ? [] : ['.RE']),
  ];
}

/** A hyphen that is typed, and no line that begins a request. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}
