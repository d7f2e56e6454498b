import type { ToldCommand } from '../command-tree.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/**
 * A script that completes without starting qd: commands and options stand in it, names of objects in a file that
 * `qd completion names` writes and the script has renewed in the background.
 */
export function completionScript(shell: Shell, commands: readonly ToldCommand[], namesFile: string): string {
  if (shell === 'bash') return bash(commands, namesFile);
  if (shell === 'zsh') return `#compdef qd\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands, namesFile)}`;
  return shell === 'fish' ? fish(commands, namesFile) : powershell(commands, namesFile);
}

/** Commands whose words are kinds and names. */
const withNames = [
  'get',
  'describe',
  'delete',
  'edit',
  'label',
  'annotate',
  'patch',
  'scale',
  'wait',
  'evict',
  'explain',
  'logs',
  'exec',
  'attach',
  'port-forward',
];
const withWorkloads = ['rollout status', 'rollout history', 'rollout undo', 'rollout restart', 'rollout pause', 'rollout resume', 'set image'];

function words(command: ToldCommand): string {
  return [...command.commands, ...command.options.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith('--')))].join(' ');
}

function bash(commands: readonly ToldCommand[], namesFile: string): string {
  const cases = commands.map((command) => `    '${command.name}') echo '${words(command)}' ;;`).join('\n');
  const groups = commands.filter((command) => command.name !== '' && command.commands.length > 0).map(({ name }) => `'${name}'`);
  const named = [...withNames, ...withWorkloads].map((name) => `'${name}'`).join('|');
  return `# Completion of qd. Names of objects come from ${namesFile}.
_qd_words() {
  case "$1" in
${cases}
  esac
}
_qd_names() {
  local file='${namesFile}'
  # Older than a minute: renewed in the background, for the next time.
  if [ ! -f "$file" ] || [ -n "$(find "$file" -mmin +1 2>/dev/null)" ]; then (qd completion names >/dev/null 2>&1 &); fi
  [ -f "$file" ] || return
  if [ -n "$1" ]; then awk -v kind="$1" '$1 == kind || $2 == kind { print $4 }' "$file"; else awk '{ print $1; print $1 "/" $4 }' "$file" | sort -u; fi
}
_qd_namespaces() { [ -f '${namesFile}' ] && awk '$1 == "namespaces" { print $4 }' '${namesFile}'; }
_qd() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' kind='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      -*) ;;
      *) if [ -z "$path" ] || [[ "$path" =~ ^(${commands
        .filter((command) => command.name !== '' && command.commands.length > 0)
        .map(({ name }) => name)
        .join('|')})$ ]]; then path="\${path:+$path }$word"; elif [ -z "$kind" ]; then kind="$word"; fi ;;
    esac
  done
  case "$prev" in
    -n|--namespace) COMPREPLY=($(compgen -W "$(_qd_namespaces)" -- "$cur")); return ;;
    -f|--filename) COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  if [[ "$cur" != -* ]]; then
    case "$path" in
      ${named === '' ? "''" : named}) COMPREPLY=($(compgen -W "$(_qd_names "$kind")" -- "$cur")); return ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$(_qd_words "$path")" -- "$cur"))
}
# Groups of commands: ${groups.join(' ').replaceAll("'", '')}
complete -o default -F _qd qd
`;
}

function fish(commands: readonly ToldCommand[], namesFile: string): string {
  const lines = commands.flatMap((command) => {
    const seen = command.name === '' ? '__fish_use_subcommand' : `__qd_at ${command.name}`;
    const next = command.commands.map((word) => `complete -c qd -f -n '${seen}' -a '${word}'`);
    const options = command.options.flatMap(({ flags, description }) => {
      const long = flags.find((flag) => flag.startsWith('--'))?.slice(2);
      return long === undefined ? [] : [`complete -c qd -n '${seen}' -l '${long}' -d '${description.replaceAll("'", '’')}'`];
    });
    return [...next, ...options];
  });
  const named = withNames.map((name) => `complete -c qd -f -n '__qd_at ${name}' -a '(__qd_names)'`);
  return `# Completion of qd. Names of objects come from ${namesFile}.
function __qd_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l path (string match -v -- '-*' $words)
    test (string join ' ' $path[1..(count $argv)]) = (string join ' ' $argv)
end
function __qd_names
    set -l file '${namesFile}'
    if not test -f $file; or test (math (date +%s) - (stat -c %Y $file 2>/dev/null; or stat -f %m $file)) -gt 60
        qd completion names >/dev/null 2>&1 &
    end
    test -f $file; and awk '{ print $1; print $1 "/" $4 }' $file | sort -u
end
${[...lines, ...named].join('\n')}
`;
}

function powershell(commands: readonly ToldCommand[], namesFile: string): string {
  const table = commands.map((command) => `  '${command.name}' = '${words(command)}'`).join('\n');
  return `# Completion of qd. Names of objects come from ${namesFile}.
$qdWords = @{
${table}
}
Register-ArgumentCompleter -Native -CommandName qd -ScriptBlock {
  param($word, $ast, $cursor)
  $said = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" } | Where-Object { $_ -notlike '-*' -and $_ -ne $word })
  $path = ''
  foreach ($part in $said) { $next = "$path $part".Trim(); if ($qdWords.ContainsKey($next)) { $path = $next } }
  $found = $qdWords[$path] -split ' '
  if ($path -in @(${withNames.map((name) => `'${name}'`).join(', ')}) -and $word -notlike '-*' -and (Test-Path '${namesFile}')) {
    $found = Get-Content '${namesFile}' | ForEach-Object { $part = $_ -split ' '; $part[0]; "$($part[0])/$($part[3])" } | Sort-Object -Unique
  }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}
