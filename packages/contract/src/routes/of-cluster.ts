import * as z from 'zod';

/** Which cluster a call is about; left out, the current one. */
export const ofCluster = { cluster: z.string().optional() };
