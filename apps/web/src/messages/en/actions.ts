export const actions = {
  preview: 'What it would do',
  notPreviewed: 'It could not be previewed',
};
