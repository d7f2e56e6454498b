export const commands = {
  groups: { here: 'Here', pages: 'Go to', issues: 'Issues', objects: 'Objects', kinds: 'Kinds', clusters: 'Clusters', look: 'Look', help: 'Help' },
  focusFilter: 'Filter this list',
  goBack: 'One level back',
  openPalette: 'Search or run',
  showKeys: 'Keys that work here',
  switchCluster: (name: string) => `Switch to ${name}`,
  theme: (name: string) => `Theme: ${name}`,
  density: (name: string) => `Density: ${name}`,
  language: (name: string) => `Language: ${name}`,
};
