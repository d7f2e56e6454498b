import type { Command, CommandSource } from './command.ts';

export const switchCluster: CommandSource = (context) =>
  context.clusters.map(
    (cluster): Command => ({
      id: `switch-cluster:${cluster.id}`,
      label: context.messages.commands.switchCluster(cluster.name),
      group: 'clusters',
      keywords: ['context', cluster.id, cluster.server ?? ''],
      shortcuts: [],
      when: (later) => later.selected?.id !== cluster.id,
      run: (later) => later.selectCluster(cluster.id),
    }),
  );
