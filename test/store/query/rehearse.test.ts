import { describe, expect, it } from '@jest/globals'
import { WrongQuery } from '../../../src/model/query.ts'
import { rehearse } from '../../../src/store/query/rehearse.ts'

const tables = [
  { name: 'github_repository', columns: ['id', 'name', 'visibility', 'is_archived'] },
  { name: 'guardpost_control', columns: ['id', 'state'] },
]
const used = (statement: string) => rehearse(statement, tables).map(({ name }) => name)
function fault(statement: string): { message: string; name: string | undefined } {
  try {
    return { message: `It reads ${used(statement).join()}.`, name: '' }
  } catch (error) {
    if (!(error instanceof WrongQuery)) throw error
    return { message: error.message, name: error.unknown?.name }
  }
}

describe('a rehearsal', () => {
  it.each<[string, string[]]>([
    ['select 1', []],
    ['select * from github_repository', ['github_repository']],
    ['select * from MAIN."GitHub_Repository" -- guardpost_control', ['github_repository']],
    [
      'with c as (select * from guardpost_control) select (select max(state) from c) from github_repository r',
      ['github_repository', 'guardpost_control'],
    ],
    ['with github_repository as (select 1 as name) select name from github_repository', []],
    [
      'select * from github_repository union select 1, 2, 3, state from guardpost_control; ',
      ['github_repository', 'guardpost_control'],
    ],
  ])('finds the tables of %s', (statement, expected) => {
    expect(used(statement).toSorted()).toEqual(expected)
  })

  it.each([
    ['select token from connections', 'connections'],
    ['select * from main.connections', 'connections'],
    ['select * from source.connections', 'source.connections'],
    ['select * from "bundles"', 'bundles'],
    ['select * from github_repository, (select secret from hooks)', 'hooks'],
    ["select name from github_repository where exists (select 1 from facts where name = 'key')", 'facts'],
  ])('knows no other table: %s', (statement, name) => {
    expect(fault(statement)).toEqual({ message: `There is no table ${name}.`, name })
  })

  it.each([
    'delete from github_repository',
    "update github_repository set name = 'x'",
    "update github_repository set name = 'x' returning name",
    'insert into github_repository select * from github_repository',
    'with r as (select 1) delete from github_repository',
    'create table x (y)',
    'drop table github_repository',
    "attach 'x.sqlite' as x",
    "vacuum into 'x.sqlite'",
    'begin',
    'explain',
    '',
  ])('lets nothing be written: %s', (statement) => {
    expect(fault(statement).message).toMatch(/^(A query only reads: it is one `select`\.|SQLite: .+)$/)
  })

  it.each<[string, string, string | undefined]>([
    ['select nam from github_repository', 'There is no column nam.', 'nam'],
    ['select r.archived from github_repository r', 'There is no column r.archived.', 'archived'],
    [
      'select name from github_repository where visibility = "public"',
      'There is no column public. Text stands in single quotes.',
      'public',
    ],
    ['selec 1', 'SQLite: near "selec": syntax error.', undefined],
    ['select 1; select 2', 'SQLite: The supplied SQL string contains more than one statement.', undefined],
  ])('says what is wrong: %s', (statement, message, name) => {
    expect(fault(statement)).toEqual({ message, name })
  })
})
