import { statfsSync } from 'node:fs'

// Databases are written to disk at each commit, which is most of what tests wait for: they go where there is no disk.
const memory = '/dev/shm'
const needed = 2 ** 30
const free = () => {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize
  } catch {
    return 0
  }
}
if (!process.env.TMPDIR && free() > needed) process.env.TMPDIR = memory

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
