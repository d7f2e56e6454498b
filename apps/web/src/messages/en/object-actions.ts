export const objectActions = {
  menu: (name: string) => `Actions for ${name}`,
  menuOfMany: (count: number) => `Actions for ${count} objects`,
  open: 'Open',
  copyName: 'Copy name',
};
