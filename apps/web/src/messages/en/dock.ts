export const dock = {
  label: 'Dock',
  open: 'Open the dock',
  close: 'Close the dock',
  enlarge: 'Full height',
  shrink: 'A third of the height',
  resize: 'Height of the dock',
  closeTab: (title: string) => `Close ${title}`,
};
