import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { blobName } from '../../src/simulator/git.ts'
import { operations } from '../../src/simulator/routes/index.ts'
import { readDescription, referring } from '../support/openapi.ts'
import { type Acme, startAcme } from './acme.ts'

const everything = {
  administration: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  members: 'read',
  organization_administration: 'write',
  organization_custom_properties: 'read',
  deployments: 'read',
  organization_hooks: 'write',
  organization_plan: 'read',
  organization_user_blocking: 'write',
  vulnerability_alerts: 'read',
  pull_requests: 'read',
  statuses: 'write',
} as const

interface Example {
  readonly action?: string
  readonly repository?: object
}
const examples: readonly { name: string; examples: Example[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
)

/** As the browser of an owner gets it who registers an App. */
async function registrationCode({ sim, org }: Acme): Promise<string> {
  const url = 'https://hooks.example'
  const manifest = JSON.stringify({ url, redirect_url: url, hook_attributes: { url } })
  const answer = await fetch(`${sim.htmlUrl}/organizations/${org.login}/settings/apps/new`, {
    method: 'POST',
    body: new URLSearchParams({ manifest, name: 'New', owner: org.login }),
    redirect: 'manual',
  })
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

describe('shapes', () => {
  let acme: Acme
  beforeAll(async () => {
    const events = [
      'repository',
      'push',
      'issues',
      'organization',
      'public',
      'check_run',
      'issue_comment',
      'pull_request',
    ]
    const people = ['team', 'membership', 'member']
    const lists = ['branch_protection_rule', 'deploy_key']
    acme = await startAcme({
      permissions: everything,
      events: [...events, ...people, ...lists],
      limits: { contentPerMinute: 500, restPointsPerMinute: 5_000 },
    })
  })
  afterAll(() => acme.close())

  describe('of answers are those of GitHub’s OpenAPI description', () => {
    const description = readDescription()
    const ajv = new Ajv({ strict: false, allErrors: true })
    formats.default(ajv)
    ajv.addSchema({ $id: 'github', components: JSON.parse(JSON.stringify(referring(description.components as never))) })

    /** Where the description is wrong: there an account must be everything it can be, here GitHub answers null. */
    const wrong: Record<string, RegExp> = {
      'GET /app/installations': /^\/\d\/account$/,
      'GET /orgs/{org}': /^\/(name|company|blog|location|email)$/,
      'PATCH /orgs/{org}': /^\/(name|company|blog|location|email)$/,
    }
    const config = { url: 'https://hooks.example/2', content_type: 'json' }
    const bodies: Record<string, object> = {
      'POST /orgs/{org}/repos': { name: 'new' },
      'POST /orgs/{org}/hooks': { name: 'web', config },
      'PUT /orgs/{org}/actions/permissions/workflow': { default_workflow_permissions: 'write' },
      'PUT /repos/{owner}/{repo}/actions/permissions/workflow': { can_approve_pull_request_reviews: true },
      'POST /repos/{owner}/{repo}/branches/{branch}/rename': { new_name: 'trunk' },
      'POST /repos/{owner}/{repo}/check-runs': {
        name: 'n',
        head_sha: '{sha}',
        conclusion: 'success',
        output: { title: 't', summary: 's' },
      },
      'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': { conclusion: 'failure' },
      'POST /repos/{owner}/{repo}/statuses/{sha}': { state: 'success' },
      'POST /repos/{owner}/{repo}/issues': { title: 'T', labels: ['l'] },
      'PATCH /repos/{owner}/{repo}/issues/{issue_number}': { state: 'closed' },
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': { body: 'C' },
      'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': { body: 'D' },
    }

    it.each(operations.map(({ route }) => route).filter((route) => !route.startsWith('DELETE')))(
      '%s',
      async (route) => {
        const one = acme.org.repositories.get('one') ?? acme.org.createRepository({ name: 'one', topics: ['t'] })
        const sha = one.branches.get('main') ?? ''
        const hook =
          acme.org.hooks[0] ?? acme.org.createHook({ url: 'https://hooks.example/1', contentType: 'json', secret: 's' })
        const ask = await acme.asInstallation()
        const issue = await ask('POST', '/repos/acme/one/issues', { title: 'x' })
        const comment = await ask('POST', `/repos/acme/one/issues/${issue.body.number}/comments`, { body: 'x' })
        const run = await ask('POST', '/repos/acme/one/check-runs', { name: 'x', head_sha: sha })
        if (route.startsWith('GET')) acme.org.block('mallory')
        one.protectBranch('main', { requiresApprovingReviews: true })
        one.commit({ 'docs/a.md': 'a' }, { branch: 'change' })
        const pull = one.pullRequests[0] ?? one.openPullRequest({ head: 'change' })
        const ruleset = acme.org.createRuleset({
          name: `rules for ${route}`,
          rules: ['deletion', 'pull_request'],
          bypassedByOwners: true,
        })
        acme.org.setActions({ allowedActions: 'selected', patternsAllowed: ['acme/*'] })
        acme.org.defineProperty({ name: 'tier', defaultValue: 'low' })
        one.addCollaborator('guest')
        one.setVisibility(route.includes('private-vulnerability') ? 'public' : 'private')
        one.set({ vulnerabilityAlerts: route.includes('automated-security-fixes') })
        if (route.endsWith('/audit-log')) acme.org.plan = 'enterprise'
        if (route.endsWith('/rename')) one.push('other')
        await acme.sim.idle()
        const delivery = acme.sim.deliveriesOf(route.includes('/app/') ? acme.app.hook : hook)[0]?.id
        const values: Record<string, unknown> = {
          org: 'acme',
          ruleset_id: ruleset.id,
          owner: 'acme',
          username: route.includes('/blocks/') ? 'mallory' : 'olga',
          repo: 'one',
          branch: route.endsWith('/rename') ? 'other' : 'main',
          ref: route.includes('/git/') ? 'heads/main' : 'main',
          sha,
          hook_id: hook.id,
          delivery_id: delivery,
          installation_id: acme.installation.id,
          issue_number: issue.body.number,
          pull_number: pull.issue.number,
          tree_sha: 'main',
          file_sha: blobName('a'),
          comment_id: comment.body.id,
          check_run_id: run.body.id,
          code: route.includes('{code}') ? await registrationCode(acme) : '',
        }
        const [method = '', path = ''] = route.replaceAll(/\{(\w+)\}/g, (_, key) => String(values[key])).split(' ')
        const user = acme.as(`token ${acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: ['repo'] }).value}`)
        const asApp = route.includes('/app') || route === 'GET /orgs/{org}/installation'
        const asker = route === 'GET /user' ? user : asApp ? acme.asApp : ask
        const body = bodies[route] ?? (method === 'PATCH' ? {} : undefined)
        const answer = await asker(method, path, body && JSON.parse(JSON.stringify(body).replace('{sha}', sha)))

        expect([200, 201, 202, 204]).toContain(answer.status)
        const schema = description.operations[route]?.answer
        const validate = schema && ajv.compile(referring(schema))
        validate?.(answer.body)
        const faults = (validate?.errors ?? []).filter(({ instancePath }) => !wrong[route]?.test(instancePath))
        expect(faults).toEqual([])
      },
    )
  })

  describe('of payloads are those of GitHub’s examples', () => {
    /** Said in some examples only, or only of a fork, a pushed repository, or a public organization. */
    const passing = new Set(['organization', 'installation', 'requester', 'master_branch', 'stargazers'])

    it.each([
      ['repository', 'created'],
      ['repository', 'renamed'],
      ['repository', 'edited'],
      ['repository', 'transferred'],
      ['repository', 'privatized'],
      ['repository', 'publicized'],
      ['public', undefined],
      ['push', undefined],
      ['issues', 'opened'],
      ['issue_comment', 'created'],
      ['organization', 'member_added'],
      ['organization', 'renamed'],
      ['installation', 'created'],
      ['installation', 'suspend'],
      ['installation', 'new_permissions_accepted'],
      ['installation_repositories', 'added'],
      ['team', 'created'],
      ['team', 'edited'],
      ['team', 'deleted'],
      ['membership', 'added'],
      ['member', 'added'],
      ['branch_protection_rule', 'created'],
      ['deploy_key', 'created'],
      ['check_run', 'created'],
      ['pull_request', 'opened'],
      ['pull_request', 'synchronize'],
      ['pull_request', 'closed'],
      ['pull_request', 'reopened'],
      ['ping', undefined],
      ['meta', 'deleted'],
    ])('%s %s', async (event, action) => {
      const ours = (await payloads()).find(
        ([name, payload]) => name === event && (!action || payload.action === action),
      )?.[1]
      const all = examples.find(({ name }) => name === event)?.examples ?? []
      const theirs = all.filter((example) => !action || example.action === action)
      expect(theirs.length).toBeGreaterThan(0)
      const always = Object.keys(theirs[0] ?? {}).filter((key) => theirs.every((example) => key in example))
      const wanted = always.filter(
        (key) =>
          !passing.has(key) &&
          !(event === 'ping' && key === 'repository') &&
          !(event === 'meta' && key === 'repository'),
      )
      expect(Object.keys(ours ?? {})).toEqual(expect.arrayContaining(wanted))
      const repositories = theirs.flatMap(({ repository }) => (repository ? [repository] : []))
      const keys = Object.keys(repositories[0] ?? {}).filter(
        (key) => repositories.every((each) => key in each) && !passing.has(key),
      )
      if (ours?.repository) expect(Object.keys(ours.repository)).toEqual(expect.arrayContaining(keys))
    })

    // biome-ignore lint/suspicious/noExplicitAny: the payload of any event
    let made: Promise<[string, any][]> | undefined
    const payloads = () => {
      made ??= everyEvent()
      return made
    }
    // biome-ignore lint/suspicious/noExplicitAny: the payload of any event
    const everyEvent = async (): Promise<[string, any][]> => {
      const globex = acme.sim.createOrganization({ login: 'globex' })
      const installation = acme.sim.install(acme.app, globex)
      const hook = globex.createHook({ url: 'https://hooks.example/globex', events: ['meta'] })
      const repository = globex.createRepository({ name: 'shape' })
      repository.setVisibility('public')
      repository.setVisibility('private')
      repository.edit({ description: 'x' })
      repository.rename('shaped')
      repository.push()
      const issue = repository.createIssue({ title: 'x' })
      expect(issue.number).toBe(1)
      globex.addMember('mo')
      const team = globex.createTeam({ name: 'Shapers' })
      team.addMember('mo')
      team.edit({ description: 'They shape.' })
      team.delete()
      repository.addCollaborator('guest')
      repository.protectBranch('main')
      repository.push('change')
      const pull = repository.openPullRequest({ head: 'change' })
      repository.push('change')
      pull.editBase('change')
      pull.close()
      pull.reopen()
      repository.addDeployKey({ title: 'deployer' })
      repository.transfer(acme.org)
      repository.transfer(globex)
      const kept = globex.createRepository({ name: 'kept' })
      installation.selectRepositories([kept])
      installation.addRepositories([repository])
      installation.suspend()
      installation.unsuspend()
      installation.grant()
      globex.rename('initech')
      hook.delete()
      await acme.sim.idle()
      return acme.receiver.received.map(({ headers, payload }) => [String(headers['x-github-event']), payload])
    }
  })
})
