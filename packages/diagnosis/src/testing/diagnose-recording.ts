import { collectSnapshot, openRecording } from '@quarterdeck/cluster';
import { diagnose } from '../run/diagnose.ts';
import type { Diagnosis } from '../run/diagnosis.ts';
import { diagnosisKinds } from '../run/diagnosis-kinds.ts';

/** A whole run over a recorded cluster. */
export async function diagnoseRecording(path: string): Promise<Diagnosis> {
  const { signal } = new AbortController();
  const access = await openRecording(path);
  try {
    const snapshot = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: null, signal });
    return await diagnose({ snapshot, evidence: access.evidence, signal });
  } finally {
    await access.close();
  }
}
