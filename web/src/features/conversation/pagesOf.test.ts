import { expect, test } from 'vitest';
import { pagesOf } from './pagesOf';

test('pagesOf: form feeds and lines of dashes part pages', () => {
  expect(pagesOf('one\n---\ntwo\fthree\n-----  \nfour')).toEqual(['one', 'two', 'three', 'four']);
});

test('pagesOf: dashes within a line and empty pages part nothing', () => {
  expect(pagesOf('---\na --- b\n---\n\n---\n')).toEqual(['a --- b']);
});

test('pagesOf: a text without anything has no page', () => {
  expect(pagesOf(' \n ')).toEqual([]);
});
