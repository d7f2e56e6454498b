import * as z from 'zod';

/** A name becomes the name of a file, and a path of a socket has room for some hundred characters. */
export const forwardNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'may have up to 40 letters, digits, dots and dashes');
