/** Said when something breaks, while one looks elsewhere. */
export const issueNotices = {
  more: (count: number) => `${count} new issues`,
  open: 'Open',
  all: 'Show all',
};
