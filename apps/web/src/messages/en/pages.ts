/** What pages are called, in the navigation, in the palette and as their titles. */
export const pages = {
  overview: 'Overview',
  issues: 'Issues',
  tree: 'Resource tree',
  helm: 'Helm',
  actions: 'Actions',
  audit: 'Audit',
  settings: 'Settings',
  access: 'Rights',
  account: 'Account',
  users: 'Users',
  roles: 'Roles of people',
};
