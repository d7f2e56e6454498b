import type { Recogniser } from '../recogniser.ts';
import { distinctPlaces } from '../test-summary.ts';

/** `CONFLICT (content): Merge conflict in src/a.ts`; `CONFLICT (modify/delete): a.ts deleted in …`. */
const conflict = /^CONFLICT \([^)]+\): (?:Merge conflict in (.+)|(\S+) deleted in .*)$/;
const rejected = /^\s*! \[(?:remote )?rejected\].*\((?:fetch first|non-fast-forward)\)/;

export const gitConflicts: Recogniser = {
  kind: 'gitConflict',
  recognise({ lines }) {
    const paths = lines.flatMap((line) => {
      const [, merged, deleted] = conflict.exec(line) ?? [];
      return merged ?? deleted ?? [];
    });
    if (paths.length > 0) {
      const title = paths.length === 1 ? `Conflict in ${paths[0]}` : `Conflicts in ${paths.length} files`;
      return [
        {
          title,
          detail: 'Settle them in the files, then add them and go on.',
          places: distinctPlaces(paths.map((path) => ({ path }))),
          suggestion: 'git status',
        },
      ];
    }
    if (!lines.some((line) => rejected.test(line))) return [];
    return [{ title: 'The branch on the server has commits that this one has not', detail: null, suggestion: 'git pull --rebase' }];
  },
};
