import type { Cluster } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterColour, clusterHues, ownHue } from '../../theme/cluster-colour.ts';

const markSchema = z.object({
  /** Left out: by its name. */
  hue: z
    .number()
    .refine((hue) => clusterHues.some((known) => known === hue))
    .optional(),
  production: z.boolean().optional(),
});
/** How somebody marked a cluster, in place of what its name says. */
export type ClusterMark = z.infer<typeof markSchema>;
export type MarkChange = { [Key in keyof ClusterMark]: ClusterMark[Key] | undefined };
export type Marks = Readonly<Record<string, ClusterMark>>;

const marksSchema = z.record(z.string(), markSchema);
const mostKept = 500;

/** What cannot be read is none: whatever wrote it, the page must open. */
export function parseMarks(text: string | null): Marks {
  try {
    return marksSchema.safeParse(JSON.parse(text ?? '{}')).data ?? {};
  } catch {
    return {};
  }
}

/** Names that say "production" by common habit. */
export function soundsLikeProduction(name: string): boolean {
  return /(^|[-_./@:])prod(uction)?([-_./@:]|\d|$)/i.test(name);
}

export type NamedCluster = Pick<Cluster, 'id' | 'name' | 'production'>;

/** Whether others live by a cluster: what the workbench was told can't be unsaid here; else what somebody said, else its name. */
export function isProduction({ id, name, production }: NamedCluster, marks: Marks): boolean {
  return production || (marks[id]?.production ?? soundsLikeProduction(name));
}

export function colourOf(cluster: NamedCluster, marks: Marks): string {
  return clusterColour(marks[cluster.id]?.hue ?? ownHue(cluster.name, isProduction(cluster, marks)));
}

/** The marks with one of them changed; undefined takes back what was said. */
export function withMark(marks: Marks, id: string, change: MarkChange): Marks {
  const { [id]: before = {}, ...others } = marks;
  const next = Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined));
  return Object.fromEntries([...Object.entries(others), [id, markSchema.parse(next)] as const].slice(-mostKept));
}
