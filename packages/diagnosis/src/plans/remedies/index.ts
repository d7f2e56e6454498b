import type { Remedy } from '../../model/remedy.ts';
import { applicationRemedy } from './application.ts';
import { calledServiceRemedy } from './called-service.ts';
import { credentialsRemedy, staleCredentialsRemedy } from './credentials.ts';
import { imageRemedy } from './image.ts';
import { memoryRemedy } from './memory.ts';
import { probePathRemedy, probePortRemedy } from './probe.ts';
import { missingReferenceRemedy, misspeltReferenceRemedy } from './reference.ts';
import { nodeSelectorRemedy, requestRemedy, schedulerRemedy } from './scheduling.ts';

/** Every remedy, one a line. */
export const remedies: readonly Remedy[] = [
  imageRemedy,
  misspeltReferenceRemedy,
  missingReferenceRemedy,
  probePortRemedy,
  probePathRemedy,
  memoryRemedy,
  nodeSelectorRemedy,
  schedulerRemedy,
  requestRemedy,
  credentialsRemedy,
  staleCredentialsRemedy,
  calledServiceRemedy,
  applicationRemedy,
];
