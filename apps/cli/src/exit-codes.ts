import { type ErrorCode, errorCodes, exitCode } from '@quarterdeck/contract/errors';

/** The exit code of `--exit-code` when there are issues. */
export const issuesFound = 2;

const meanings: Record<ErrorCode, string> = {
  AUTH_REQUIRED: 'a login is needed',
  FORBIDDEN: 'the cluster or the workbench refuses it',
  NOT_FOUND: 'there is no such object, issue or file',
  METHOD_NOT_ALLOWED: 'the workbench does not know that call',
  VALIDATION_ERROR: 'the command line is wrong',
  CONFLICT: 'somebody else changed it at the same time',
  GONE: 'the state that was asked for has passed; run it again',
  RATE_LIMITED: 'the cluster asks to slow down; run it again later',
  PAYLOAD_TOO_LARGE: 'an input is too large',
  READ_ONLY: 'the cluster is open for reading only',
  CANCELLED: 'interrupted',
  TIMEOUT: 'no answer in time; run it again',
  CLUSTER_UNREACHABLE: 'the cluster cannot be reached',
  CLUSTER_AUTH_FAILED: 'the cluster does not accept the credentials',
  CLUSTER_ERROR: 'the cluster answered with an error',
  KUBECONFIG_INVALID: 'the kubeconfig cannot be used',
  BUNDLE_INVALID: 'the bundle cannot be read',
  STORAGE_UNAVAILABLE: 'the storage cannot be read or written, so nothing was changed',
  UNSUPPORTED: 'this system or cluster lacks something that is needed',
  INTERNAL_ERROR: 'an unexpected failure',
};

export interface ExitCodeRow {
  code: number;
  errors: ErrorCode[];
  meaning: string;
}

/** Every exit code of qd with what it means, in numeric order. */
export function exitCodeTable(): ExitCodeRow[] {
  const rows: ExitCodeRow[] = [
    { code: 0, errors: [], meaning: 'it worked' },
    { code: issuesFound, errors: [], meaning: 'it worked and there are issues (only with --exit-code)' },
  ];
  for (const code of new Set(Object.values(exitCode))) {
    const errors = errorCodes.filter((error) => exitCode[error] === code);
    rows.push({ code, errors, meaning: errors.map((error) => meanings[error]).join(', or ') });
  }
  return rows.sort((a, b) => a.code - b.code);
}

export function exitCodeHelp(): string {
  const rows = exitCodeTable().map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`);
  return ['', 'Exit codes:', ...rows, '', '`qd sandbox` ends with the code of the sandbox program.'].join('\n');
}

/** The reference page. */
export function exitCodeDocument(): string {
  const rows = exitCodeTable().map(({ code, errors, meaning }) => `| ${code} | ${meaning} | ${errors.map((error) => `\`${error}\``).join(', ')} |`);
  return [
    '# Exit codes of qd',
    '',
    'Written from the table in `packages/contract/src/errors/codes.ts`: `npx vitest run --project unit apps/cli -u` renews it.',
    '',
    '| code | meaning | error codes |',
    '| ---: | --- | --- |',
    ...rows,
    '',
    '`qd sandbox` ends with the code of the sandbox program, and a command that starts the workbench with the code of the server.',
    '',
  ].join('\n');
}
