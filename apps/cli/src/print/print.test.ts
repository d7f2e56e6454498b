import { describe, expect, it } from 'vitest';
import { alignedColumns } from './aligned-columns.ts';
import { goTemplate } from './go-template.ts';
import { jsonPathTemplate } from './json-path-template.ts';
import { kubeJson, kubeYaml } from './kube-text.ts';
import { objectPrinter } from './printer.ts';

const list = {
  items: [
    { kind: 'Pod', metadata: { name: 'a', labels: { app: 'web' } }, spec: { replicas: 2, containers: [{ image: 'x:1' }, { image: 'y:2' }] } },
    { kind: 'Pod', metadata: { name: 'b' }, spec: { replicas: 0, containers: [] } },
  ],
};

describe('a JSONPath template', () => {
  it.each([
    ['{.items[*].metadata.name}', 'a b'],
    ['{range .items[*]}{.metadata.name}{"\\t"}{.spec.replicas}{"\\n"}{end}', 'a\t2\nb\t0\n'],
    ['{range .items[*]}[{range .spec.containers[*]}{.image},{end}]{end}', '[x:1,y:2,][]'],
    ['{.items[?(@.metadata.name=="b")].spec.replicas}', '0'],
    ['{..image}', 'x:1 y:2'],
    ['name: {.items[0].metadata.name} {.items[0].metadata.labels}', 'name: a {"app":"web"}'],
    ['{.items[0].nothing}', ''],
  ])('%s', (template, text) => expect(jsonPathTemplate(template)(list)).toBe(text));

  it.each(['{.items[}', '{range .items[*]}{.a}', '{.a}{end}', '{nothing at all}', '{.a'])('%s is told to be wrong', (template) => {
    expect(() => jsonPathTemplate(template)).toThrow("can't be read");
  });
});

describe('a Go template', () => {
  it.each([
    ['{{range .items}}{{.metadata.name}} {{end}}', 'a b '],
    ['{{range $i, $pod := .items}}{{if $i}}, {{end}}{{$pod.metadata.name}}{{end}}', 'a, b'],
    ['{{range .items}}{{if .spec.replicas}}{{.metadata.name}}{{else}}-{{end}}{{end}}', 'a-'],
    ['{{range .items}}{{if eq .spec.replicas 2}}two{{else if eq .spec.replicas 0}}none{{end}} {{end}}', 'two none '],
    ['{{with (index .items 1)}}{{.metadata.name}}{{end}}', 'b'],
    ['{{len .items}} {{printf "%03d|%-4s|" 7 "x"}}', '2 007|x   |'],
    ['{{"aGV5" | base64decode}} {{.nothing}} {{- "!"}}', 'hey <no value>!'],
    ['{{range .none}}x{{else}}empty{{end}}{{/* said */}}', 'empty'],
  ])('%s', (template, text) => {
    expect(goTemplate(template)(list)).toBe(text);
  });

  it.each(['{{range .items}}', '{{end}}', '{{nothing .a}}', '{{.a', '{{ # }}'])('%s is told to be wrong', (template) => {
    expect(() => goTemplate(template)({})).toThrow("can't be read");
  });
});

describe('objects', () => {
  it('are written as kubectl writes them', () => {
    expect(kubeJson({ b: '<a & b>', a: [1] })).toBe('{\n    "a": [\n        1\n    ],\n    "b": "\\u003ca \\u0026 b\\u003e"\n}\n');
    expect(kubeYaml({ on: 'yes', list: [{ a: '1' }], num: 0 })).toBe('list:\n- a: "1"\nnum: 0\n"on": "yes"\n');
  });

  it('stand in columns of at least six, and nothing of a cell breaks the line', () => {
    expect(
      alignedColumns([
        ['A', 'B'],
        ['x', 'one\ntwo'],
        ['long-name', '\u001b[31mred'],
      ]),
    ).toBe('A           B\nx           one...\nlong-name   red\n');
  });

  it('are printed in the form that is asked for, and a form that is none is refused', async () => {
    const { print } = await objectPrinter({ output: 'custom-columns=NAME:.metadata.name,APP:metadata.labels.app' });
    expect(print?.(list.items, true)).toBe('NAME   APP\na      web\nb      <none>\n');
    await expect(objectPrinter({ output: 'jsn' })).rejects.toMatchObject({ hint: expect.stringContaining('json, yaml, name') });
  });
});
