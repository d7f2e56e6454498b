import { type ForwardDeclaration, forgetForward, type OpenStorage, readForwards, writeForward } from '@quarterdeck/storage';

/** The forwards that were asked for, kept over restarts. */
export interface RememberedForwards {
  readonly initial: readonly ForwardDeclaration[];
  /** One that is there already is replaced. */
  save(forward: ForwardDeclaration): Promise<void>;
  forget(id: string): Promise<void>;
}

/** Throws STORAGE_UNAVAILABLE. */
export async function openRememberedForwards({ db }: Pick<OpenStorage, 'db'>): Promise<RememberedForwards> {
  return {
    initial: await readForwards(db),
    save: (forward) => writeForward(db, forward, Date.now()),
    forget: (id) => forgetForward(db, id),
  };
}
