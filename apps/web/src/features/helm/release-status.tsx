import { StatusMark } from '../../ui/status-mark.tsx';
import { releaseState } from './release-words.ts';

/** Helm's word for how a release is. */
export function ReleaseStatus({ status }: { status: string }) {
  return <StatusMark state={releaseState(status)} text={status} />;
}
