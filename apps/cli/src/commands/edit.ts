import * as z from 'zod';
import { changeInput, changeOptions, showInput, showOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

const input = z.object({ ...changeInput, ...showInput, targets: z.array(z.string().min(1)).min(1, 'is missing'), editor: z.string().min(1).optional() });

export const edit = defineCommand({
  name: 'edit',
  summary: 'Edit an object in your editor, and apply what differs',
  description:
    'The editor is that of KUBE_EDITOR, VISUAL or EDITOR, else vi. What you did not touch is not sent, so that nobody is overwritten. Values of Secrets are not in the text.',
  input,
  arguments: {},
  rest: ['targets', 'TYPE NAME, or TYPE/NAME'],
  options: { editor: { value: 'program', description: 'The editor, in place of the environment' }, ...showOptions, ...changeOptions },
  examples: [['edit deploy/web', 'in your editor']],
  async run(typed, context) {
    const [{ withCluster }, { selectTargets }, { editObject }] = await Promise.all([
      import('../changes/change-session.ts'),
      import('../changes/select-targets.ts'),
      import('../changes/edit-object.ts'),
    ]);
    return withCluster(typed, context, async (session) => {
      for (const target of await selectTargets(session, typed)) {
        const code = await editObject(session, target, typed.editor);
        if (code !== 0) return code;
      }
      return 0;
    });
  },
});
