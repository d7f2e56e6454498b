import type { Messages } from '../en/index.ts';

export const tutorial: Messages['tutorial'] = {
  title: 'Einführung',
  progress: (step, of) => `${step} von ${of}`,
  end: 'Einführung beenden',
  skip: 'Diesen Schritt überspringen',
  close: 'Fertig',
  done: 'Das ist der Weg vom Alarm bis zum Zurücknehmen. In den Einstellungen lässt sich die Einführung wiederholen.',
  steps: {
    issues: 'Die Störungen öffnen: „Störungen“ in der Navigation, oder g und dann i drücken. Die schlimmste steht zuerst.',
    issue: 'Eine davon öffnen, mit einem Klick oder mit j und Enter. Die Seite nennt die Ursache in einem Satz und wie sie sich ausbreitet.',
    object: 'Eines der Objekte der Kette drücken. Seine Einzelheiten öffnen sich über der Seite; Esc schließt sie.',
    preview:
      'Unten auf der Seite die Vorschau des Plans anfordern. Der Cluster probiert jeden Schritt und sagt, was sich ändern würde; getan wird noch nichts.',
    approve: 'Die Vorschau lesen und freigeben. Genau das wird ausgeführt und geprüft, bis es wahr ist.',
    undo: 'Zurücknehmen: „Zurücknehmen“ drücken, wo die Aktion endete, und auch diese Vorschau freigeben.',
    palette: 'Strg+K oder ⌘K drücken: Seiten, Arten, Objekte und Befehle, alle am Namen zu finden.',
    keys: '? drücken, um die Tasten zu sehen, die hier gelten. In den Einstellungen lassen sie sich ändern.',
  },
};
