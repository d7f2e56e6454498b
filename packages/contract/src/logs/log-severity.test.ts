import { describe, expect, it } from 'vitest';
import { logFields } from './log-fields.ts';
import { logSeverity } from './log-severity.ts';

describe('the severity of a line', () => {
  it.each([
    ['{"level":"warning","msg":"slow"}', 'warn'],
    ['{"severity":"ERROR","message":"x"}', 'error'],
    ['{"level":30,"msg":"pino"}', 'info'],
    ['{"msg":"says none"}', null],
    ['E0131 12:00:00.000000       1 controller.go:114] failed', 'error'],
    ['time="2026-01-01T00:00:00Z" level=error msg="boom"', 'error'],
    ['2026-01-01 00:00:00,123 WARNING worker: retrying', 'warn'],
    ['2026/01/01 00:00:00 [error] 29#29: *1 connect() failed', 'error'],
    ['[INFO] 10.0.0.1:1 - 1 "A IN x." NOERROR', 'info'],
    [`${String.fromCharCode(27)}[1;31mERROR${String.fromCharCode(27)}[0m in colour`, 'error'],
    ['panic: runtime error: index out of range', 'fatal'],
    ['Traceback (most recent call last):', 'error'],
    ['GET /error/INFORMATION 200', null],
    ['the errors of yesterday', null],
  ])('%s', (text, severity) => {
    expect(logSeverity(text)).toBe(severity);
  });
});

describe('the fields of a line', () => {
  it('are those of its JSON, without the message', () => {
    expect(logFields(' {"level":"info","msg":"hi","user":{"id":1}} ')).toEqual({ message: 'hi', fields: { level: 'info', user: { id: 1 } } });
    expect(logFields('{"a":1}')).toEqual({ message: '', fields: { a: 1 } });
  });

  it('are those of logfmt that has a message', () => {
    expect(logFields('ts=12 level=warn msg="slow \\"call\\"" ms=812')).toEqual({ message: 'slow "call"', fields: { ts: '12', level: 'warn', ms: '812' } });
    expect(logFields('GET /?msg=hi a=b')).toBeNull();
  });

  it.each(['plain', '{broken}', '[1]', '{"a":1} tail'])('are none for %s', (text) => expect(logFields(text)).toBeNull());
});
