import { execFileSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'
import { inProcess } from './in-process.ts'

const printed = async (shell: string) => (await inProcess(['completion', shell], {})).stdout

/** What bash offers for the last of some words. */
async function offered(...words: string[]): Promise<string[]> {
  const ask = `eval "$0"; COMP_WORDS=(guardpost "$@"); COMP_CWORD=$#; _guardpost; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', ask, await printed('bash'), ...words])
    .toString()
    .trim()
    .split('\n')
}

describe('completion in bash', () => {
  it('offers commands, subcommands and their options', async () => {
    expect(await offered('con')).toEqual(['connect', 'controls'])
    expect(await offered('policies', '')).toEqual(['list', 'get', 'set', 'unset', '--help'])
    expect(await offered('controls', 'list', '--st')).toEqual(['--state'])
    expect(await offered('doctor', '--')).toEqual(['--no-ping', '--json', '--help'])
  })

  it('passes over options and values between commands', async () => {
    expect(await offered('policies', '--json', 'se')).toEqual(['set'])
    expect(await offered('controls', 'show', '5', '--j')).toEqual(['--json'])
  })
})

describe('completion in other shells', () => {
  it('is the same in zsh, by way of its reader of bash', async () => {
    expect(await printed('zsh')).toBe(`autoload -U +X bashcompinit && bashcompinit\n${await printed('bash')}`)
  })

  it('says in fish what each is for', async () => {
    const lines = (await printed('fish')).split('\n')
    expect(lines).toContain(
      "complete -c guardpost -n '__fish_use_subcommand' -a backup -d 'Copies the database while Guardpost runs.'",
    )
    expect(lines).toContain(
      "complete -c guardpost -n '__fish_seen_subcommand_from doctor' -l no-ping -d 'ask GitHub for no ping: only read'",
    )
  })

  it('is not known of a shell that is none of them', async () => {
    expect((await inProcess(['completion', 'tcsh'], {})).status).toBe(2)
  })
})
