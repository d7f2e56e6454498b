/** What can stand beside a terminal. */
export const sideNames = ['commands', 'history', 'processes'] as const;
export type SideName = (typeof sideNames)[number];
