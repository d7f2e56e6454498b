export * from './session-facts.ts';
export * from './terminal-block.ts';
export * from './terminal-control.ts';
export * from './terminal-event.ts';
export * from './terminal-finding.ts';
export * from './terminal-frames.ts';
export * from './terminal-session.ts';
export * from './terminal-shell.ts';
