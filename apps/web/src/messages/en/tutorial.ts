export const tutorial = {
  title: 'Tutorial',
  progress: (step: number, of: number) => `${step} of ${of}`,
  end: 'End the tutorial',
  skip: 'Skip this step',
  close: 'Done',
  done: 'That is the way from an alert to its undo. The tutorial can be taken again from the settings.',
  steps: {
    issues: 'Open the issues: “Issues” in the navigation, or press g and then i. The worst stands first.',
    issue: 'Open one of them with a click, or j and Enter. Its page says the cause in one sentence, and how it spreads.',
    object: 'Press one of the objects in the chain. Its detail opens over the page; Esc closes it.',
    preview: 'Preview the plan at the foot of the page. The cluster tries every step and says what it would change; nothing is done yet.',
    approve: 'Read the preview and approve it. Exactly that is carried out, and checked until it is true.',
    undo: 'Take it back: press “Undo” where the action ended, and approve the preview of that.',
    palette: 'Press Ctrl+K or ⌘K: pages, kinds, objects and commands, all found by their names.',
    keys: 'Press ? to see the keys that work where you are. They can be changed in the settings.',
  },
};
