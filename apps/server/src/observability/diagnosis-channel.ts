import { channel } from 'node:diagnostics_channel';

/** Told after every check of a cluster: milliseconds that it took, with what it read for it. */
export const diagnosisChannel = channel('quarterdeck:diagnosis');
