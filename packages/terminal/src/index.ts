export { type HostCallOptions, TerminalHosts, type TerminalHostsOptions, type TerminalPage } from './client/terminal-hosts.ts';
export { defineHostMethod, type HostMethodDescriptor } from './host/host-method.ts';
export { hostCalls } from './protocol/host-messages.ts';
