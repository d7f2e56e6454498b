import { type ESTree, parseSync, Visitor } from 'vite';

/** Attributes that people read or hear. */
const attributes = /^(aria-(label|description|placeholder|roledescription|valuetext)|title|label|placeholder|alt|what|heading|note|legend|panelLabel)$/;
const properties = /^(title|label|placeholder|heading|note|message|hint|description)$/;
const unread = /class|style|^(d|viewBox|points|transform|sizes)$/i;
const aWord = /\p{L}{2}/u;
const aSentence = /^\p{Lu}\p{Ll}*,? \p{L}{2}/u;
/** What is told to developers. */
const forDevelopers = /^(Error|TypeError|RangeError|DOMException)$/;

/**
 * The words that a source says by itself, each with its line: text of elements, attributes and properties that are read
 * out, and whatever begins like a sentence. Errors of the programming kind and the console are not for people.
 */
export function findWords(path: string, source: string): { line: number; text: string }[] {
  const found = new Map<number, string>();
  const ignored = new Set<ESTree.Node>();
  const take = (node: ESTree.Node) => {
    for (const said of saidBy(node)) if (aWord.test(said.text)) found.set(said.node.start, said.text);
  };
  const takeChildren = ({ children }: ESTree.JSXElement | ESTree.JSXFragment) => {
    for (const child of children) take(child);
  };
  const sentence = (node: ESTree.Node) => {
    if (!ignored.has(node) && saidBy(node).some(({ text }) => aSentence.test(text))) take(node);
  };
  const ignore = (nodes: readonly ESTree.Node[]) => {
    for (const { node } of nodes.flatMap(saidBy)) ignored.add(node);
  };
  new Visitor({
    JSXText: take,
    JSXElement: takeChildren,
    JSXFragment: takeChildren,
    JSXAttribute({ name, value }) {
      if (value === null || name.type !== 'JSXIdentifier') return;
      if (unread.test(name.name)) ignore([value]);
      else if (attributes.test(name.name)) take(value);
    },
    Property({ key, value }) {
      if (key.type === 'Identifier' && properties.test(key.name)) take(value);
    },
    NewExpression({ callee, arguments: given }) {
      if (callee.type === 'Identifier' && forDevelopers.test(callee.name)) ignore(given);
    },
    CallExpression({ callee, arguments: given }) {
      if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'console') ignore(given);
    },
    Literal: sentence,
    TemplateLiteral: sentence,
  }).visit(parseSync(path, source).program);
  const inOrder = [...found].toSorted(([one], [other]) => one - other);
  return inOrder.map(([at, text]) => ({ line: source.slice(0, at).split('\n').length, text }));
}

interface Said {
  node: ESTree.Node;
  text: string;
}

/** What an expression can come to, as far as it is written there. */
function saidBy(node: ESTree.Node): Said[] {
  switch (node.type) {
    case 'JSXText':
      return [{ node, text: node.value.trim() }];
    case 'Literal':
      return typeof node.value === 'string' ? [{ node, text: node.value }] : [];
    case 'TemplateLiteral':
      return [{ node, text: node.quasis.map(({ value }) => value.raw).join('…') }, ...node.expressions.flatMap(saidBy)];
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
      return saidBy(node.expression);
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap(saidBy);
    case 'LogicalExpression':
      return (node.operator === '&&' ? [node.right] : [node.left, node.right]).flatMap(saidBy);
    case 'BinaryExpression':
      return node.operator === '+' ? [node.left, node.right].flatMap(saidBy) : [];
    default:
      return [];
  }
}
