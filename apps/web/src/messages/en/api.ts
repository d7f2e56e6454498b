/** What goes wrong between the page and the workbench. */
export const api = {
  badAnswer: (route: string) => `The server's answer to ${route} does not have the agreed form.`,
  badAnswerHint: 'Reload the page: the workbench may have been updated.',
  cancelled: 'The call was cancelled.',
  noAnswer: 'The workbench does not answer.',
  noAnswerHint: 'Check that `npm start` still runs in its terminal.',
  answered: (status: string) => `The workbench answered ${status}`,
};
