/**
 * The header in which the page sends, with every call that its cookie speaks for, the key that came with the session. Over plain HTTP
 * the cookie says nothing without it, since browsers show it to whatever listens on another port of the same host.
 */
export const pageKeyHeader = 'x-quarterdeck-key';
