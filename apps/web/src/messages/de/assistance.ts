import type { Messages } from '../en/index.ts';

export const assistance: Messages['assistance'] = {
  title: 'Hilfen',
  note: 'Was ungefragt hilft. Es gilt für diesen Browser und kommt ohne Modell aus, wenn nichts anderes dasteht.',
  choose: 'Wählen, was ungefragt hilft',
  explain: 'Wörter erklären, auf die man zeigt (Gründe, Bedingungen, Exit-Codes, Log-Zeilen)',
  suggestions: 'Im YAML-Editor Korrekturen und fehlende Teile vorschlagen',
  modelSuggestions: 'Im YAML-Editor auch ein Modell vorschlagen lassen, wenn man es mit Alt \\ fragt',
  notices: 'In der Ecke melden, wenn eine Störung auftritt',
  desktop: 'Auch auf dem Desktop melden, solange dieses Fenster im Hintergrund ist',
  severity: 'Ab welchem Schweregrad',
  severities: { critical: 'kritisch', high: 'hoch', medium: 'mittel', low: 'niedrig' },
  quiet: 'Die Ruhezeiten sind die der Alarme.',
  toAlerts: 'Ruhezeiten und Erlaubnis',
};
