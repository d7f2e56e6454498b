import type { Messages } from '../en/index.ts';

export const issueNotices: Messages['issueNotices'] = {
  more: (count) => `${count} neue Störungen`,
  open: 'Öffnen',
  all: 'Alle zeigen',
};
