export const dock = {
  label: 'Dock',
  tabs: 'Tabs of the dock',
  open: 'Open the dock',
  close: 'Close the dock',
  enlarge: 'Full height',
  shrink: 'Less height',
  resize: 'Height of the dock',
  closeThis: 'Close this tab',
  closeTab: (title: string) => `Close ${title}`,
  inCluster: (title: string, cluster: string) => `${title}, in ${cluster}`,
  broken: 'This tab can not be shown',
};
