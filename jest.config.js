/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }] },
  testEnvironment: 'node',
  maxWorkers: '100%',
  // A machine that does other work besides takes its time; no test is about time.
  testTimeout: 60_000,
  modulePathIgnorePatterns: ['<rootDir>/dist'],
}
