/** What style elements of components must carry; the server put it into the page. */
export const pageNonce: string | undefined = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
