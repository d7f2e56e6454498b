import type { Messages } from '../en/index.ts';

export const namespaces: Messages['namespaces'] = {
  label: 'Namespaces',
  choose: 'Namespaces wählen',
  find: 'Namespace suchen',
  findOrName: 'Namespace suchen oder nennen',
  all: 'alle Namespaces',
  known: 'bekannte Namespaces',
  several: (first, more) => `${first} und ${more} weitere`,
  lookInto: (name) => `Auch in „${name}“ nachsehen`,
  noMatch: (query) => `Kein Namespace passt zu „${query}“.`,
  others: 'Es kann weitere geben: nennen Sie die, in denen Sie arbeiten.',
  showAll: 'Alle Namespaces zeigen',
  showKnown: 'Alle bekannten zeigen',
  forget: 'Vergessen',
  forgetName: (name) => `${name} vergessen`,
  nothingListed: 'nichts darf aufgelistet werden',
  ofContext: 'aus dem Kontext',
  ofRules: 'in einem Recht genannt',
  typed: 'von Ihnen genannt',
};
