import * as z from 'zod';

/**
 * Schemas are read step by step and not turned into code: the page's policy (Trusted Types) lets no text become code, and even to try
 * whether it may is reported. Has to run before the first schema is made: main imports it first.
 */
z.config({ jitless: true });
