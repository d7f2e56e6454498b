# Marks where prompts, commands and their output begin and end, for Quarterdeck's terminal. Read with
# `pwsh -NoExit -Command '. FILE'`, after the user's profile; it writes to none of the user's files.
#
# Every mark ends with a secret of this session, so that what a program prints can't pass for one. The secret comes in a
# file that is removed at once: the environment of a process can be read from outside.

$Global:__QuarterdeckTerminal = @{ Secret = ''; Ran = $false; Prompted = $false; LastId = -1; Kubeconfig = $null; Prompt = $function:Prompt; ReadLine = $null }
$secretFile = Join-Path $env:QUARTERDECK_SHELL_FOLDER 'secret'
if (Test-Path -LiteralPath $secretFile) {
  $Global:__QuarterdeckTerminal.Secret = (Get-Content -LiteralPath $secretFile -Raw).Trim()
  Remove-Item -LiteralPath $secretFile -Force
}
Remove-Item Env:QUARTERDECK_SHELL_FOLDER -ErrorAction SilentlyContinue
Remove-Variable secretFile

if ($Global:__QuarterdeckTerminal.Secret -ne '') {
  # A text as a mark may hold it.
  function Global:__QuarterdeckEscape([string] $text) {
    [regex]::Replace($text, '[\\;\x00-\x1f]', { param($found) if ($found.Value -eq '\') { '\\' } else { '\x{0:x2}' -f [int][char]$found.Value } })
  }

  function Global:Prompt() {
    # Asked first: everything below changes both.
    $succeeded = $?
    $code = $Global:LASTEXITCODE
    $state = $Global:__QuarterdeckTerminal
    $esc = [char]27; $bell = [char]7; $secret = $state.Secret
    $marks = ''
    if ($state.Ran) {
      $exit = if ($succeeded) { 0 } elseif ($code) { $code } else { 1 }
      $marks += "$esc]133;D;$exit;qd=$secret$bell"
    } elseif ($state.Prompted) {
      $marks += "$esc]133;D;qd=$secret$bell"
    }
    $state.Ran = $false
    if ($pwd.Provider.Name -eq 'FileSystem') { $marks += "$esc]633;P;Cwd=$(__QuarterdeckEscape $pwd.ProviderPath);$secret$bell" }
    if ($env:KUBECONFIG -ne $state.Kubeconfig -or -not $state.Prompted) {
      $state.Kubeconfig = $env:KUBECONFIG
      $marks += "$esc]633;P;Kubeconfig=$(__QuarterdeckEscape "$env:KUBECONFIG");$secret$bell"
    }
    $state.Prompted = $true
    $Global:LASTEXITCODE = $code
    $shown = & $state.Prompt
    "$marks$esc]133;A;qd=$secret$bell$shown$esc]133;B;qd=$secret$bell"
  }

  if (Get-Command PSConsoleHostReadLine -ErrorAction SilentlyContinue) {
    $Global:__QuarterdeckTerminal.ReadLine = $function:PSConsoleHostReadLine
    function Global:PSConsoleHostReadLine {
      $line = & $Global:__QuarterdeckTerminal.ReadLine
      if ("$line".Trim() -ne '') {
        $Global:__QuarterdeckTerminal.Ran = $true
        $secret = $Global:__QuarterdeckTerminal.Secret
        [Console]::Write("$([char]27)]633;E;$(__QuarterdeckEscape $line);$secret$([char]7)$([char]27)]133;C;qd=$secret$([char]7)")
      }
      $line
    }
  }
}
