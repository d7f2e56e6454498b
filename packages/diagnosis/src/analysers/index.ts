import type { AnyAnalyser } from '../model/analyser.ts';

/** Every analyser, one a line. */
export const analysers: readonly AnyAnalyser[] = [];
