import { expect, it } from '@jest/globals'
import { like } from '../../../src/policies/expression/like.ts'

it.each([
  ['svc-web', 'svc-*', true],
  ['svc-web', '*-web', true],
  ['svc-web', 's*c*b', true],
  ['svc-web', 'svc-web', true],
  ['svc-web', '*', true],
  ['', '*', true],
  ['', '', true],
  ['ab', 'a*b', true],
  ['aXbXc', 'a*b*c', true],
  ['svc-web', 'svc', false],
  ['svc-web', '*svc', false],
  ['svc-web', 'SVC-*', false],
  ['a', 'a*a', false],
  ['aba', 'a*b*b*a', false],
  ['ab', 'a*c*b', false],
  ['s.c', 's?c', false],
  ['abc', 'a.c', false],
])('%s is like %s: %s', (text, pattern, is) => {
  expect(like(text, pattern)).toBe(is)
})
