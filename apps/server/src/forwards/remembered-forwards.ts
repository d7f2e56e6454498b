import { join } from 'node:path';
import { forwardRequestSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { StateFile } from '../config/state-file.ts';

const declarationSchema = z.object({ id: z.string(), cluster: z.string(), ...forwardRequestSchema.shape, autostart: z.boolean() });

/** A forward as it was asked for. */
export type ForwardDeclaration = z.infer<typeof declarationSchema>;

const fileSchema = z.object({ version: z.literal(1), forwards: z.array(declarationSchema) });

/** The forwards that were asked for, kept over restarts. */
export interface RememberedForwards {
  readonly initial: readonly ForwardDeclaration[];
  write(forwards: readonly ForwardDeclaration[]): Promise<void>;
}

/** Reads the file of the state directory. Throws INTERNAL_ERROR when it can't be read. */
export async function openRememberedForwards(stateDirectory: string): Promise<RememberedForwards> {
  const file = new StateFile(join(stateDirectory, 'forwards.json'), fileSchema);
  const read = await file.read('The list of port-forwards');
  return {
    initial: read?.forwards ?? [],
    write: (forwards) => file.write({ version: 1, forwards: [...forwards] }),
  };
}
