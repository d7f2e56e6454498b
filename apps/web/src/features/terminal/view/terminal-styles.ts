/*
 * The page's policy takes style elements with the page's nonce, and no style attributes. xterm has an option for another
 * document to make its elements with, and passes it by where it matters: in its viewport and in its rows.
 */

/** Style elements that are made while `make` runs carry the nonce, and so may be changed ever after. */
export function withNonce<Made>(nonce: string | undefined, make: () => Made): Made {
  if (nonce === undefined) return make();
  const value = (tag: string, options?: ElementCreationOptions) => {
    const element = Document.prototype.createElement.call(document, tag, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  Object.defineProperty(document, 'createElement', { configurable: true, value });
  try {
    return make();
  } finally {
    Reflect.deleteProperty(document, 'createElement');
  }
}

/** What a script sets as the style attribute of a span is set through its style object, which comes to the same and which the policy allows. */
export function allowSpanStyles(): void {
  Object.defineProperty(HTMLSpanElement.prototype, 'setAttribute', {
    configurable: true,
    writable: true,
    value(this: HTMLSpanElement, name: string, value: string) {
      if (name === 'style') this.style.cssText = value;
      else Element.prototype.setAttribute.call(this, name, value);
    },
  });
}
