export { type HostCallOptions, TerminalHosts, type TerminalHostsOptions, type TerminalPage } from './client/terminal-hosts.ts';
export { type CompletionSource, completeLine } from './completion/complete-line.ts';
export { dropFile } from './files/drop-file.ts';
export { resolvePaths } from './files/resolve-paths.ts';
export { defineHostMethod, type HostMethodDescriptor } from './host/host-method.ts';
export { shellCalls } from './integration/shell-methods.ts';
export { hostCalls } from './protocol/host-messages.ts';
