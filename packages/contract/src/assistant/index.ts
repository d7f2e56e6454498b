export * from './assistant-settings.ts';
export * from './assistant-store.ts';
export * from './context-account.ts';
export * from './conversation.ts';
export * from './focus.ts';
export * from './model-run.ts';
export * from './proposal.ts';
export * from './turn-event.ts';
