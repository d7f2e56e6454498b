/**
 * The page as xterm sees it. Its style elements carry the page's nonce, and what it would write into a `style` attribute
 * goes through the style object: the page's policy allows both of these and not what xterm does by itself.
 */
export function terminalDocument(page: Document, nonce: string | undefined): Document {
  return new Proxy(page, {
    get(target, name) {
      if (name === 'createElement') return (tag: string) => prepared(target.createElement(tag), nonce);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

function prepared(element: HTMLElement, nonce: string | undefined): HTMLElement {
  if (element instanceof HTMLStyleElement && nonce !== undefined) element.nonce = nonce;
  // Colours beyond the palette come to spans alone.
  if (element instanceof HTMLSpanElement) {
    element.setAttribute = (name, value) => {
      if (name === 'style') element.style.cssText = value;
      else Element.prototype.setAttribute.call(element, name, value);
    };
  }
  return element;
}
