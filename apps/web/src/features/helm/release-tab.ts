export const releaseTabs = ['objects', 'values', 'history', 'notes', 'manifest'] as const;
export type ReleaseTab = (typeof releaseTabs)[number];
