/** The assistant: its place beside every page, and its own page. */
export const assistant = {
  ask: 'Ask',
  open: 'Ask the assistant',
  close: 'Close the assistant',
  label: 'Assistant',
  wholePage: 'Open the whole page',
  resize: 'Width of the assistant',
  tabsLabel: 'Parts of the assistant',
  tabs: { chat: 'Chat' },
};
