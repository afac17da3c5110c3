import { expect, it } from '@jest/globals'
import { costOf } from '../../../src/github/limits/request-cost.ts'

const cost = (route: string) => {
  const [method = '', path = ''] = route.split(' ')
  const { resource, points, isWrite, isCreation } = costOf({ method, path })
  return [resource, points, isWrite, isCreation]
}

it.each([
  ['GET /orgs/{org}/hooks', 1, false, false],
  ['GET /repos/{owner}/{repo}/issues', 1, false, false],
  ['POST /app/installations/{installation_id}/access_tokens', 5, false, false],
  ['PATCH /repos/{owner}/{repo}', 5, true, false],
  ['DELETE /orgs/{org}/hooks/{hook_id}', 5, true, false],
  ['POST /orgs/{org}/hooks', 5, true, false],
  ['PATCH /repos/{owner}/{repo}/issues/{issue_number}', 5, true, false],
  ['PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', 5, true, false],
  ['POST /repos/{owner}/{repo}/issues', 5, true, true],
  ['POST /repos/{owner}/{repo}/issues/{issue_number}/comments', 5, true, true],
  ['POST /repos/{owner}/{repo}/check-runs', 5, true, true],
  ['POST /repos/{owner}/{repo}/statuses/{sha}', 5, true, true],
  ['PUT /repos/{owner}/{repo}/collaborators/{username}', 5, true, true],
])('%s: %d points, write %s, creation %s', (route, points, isWrite, isCreation) => {
  expect(cost(route)).toEqual(['core', points, isWrite, isCreation])
})

it('a look at an audit log has a limit of its own', () => {
  expect(cost('GET /orgs/{org}/audit-log')).toEqual(['audit_log', 1, false, false])
})

it('a query is GraphQL’s', () => {
  const { resource, points, isWrite } = costOf({ method: 'POST', path: '/graphql', graph: 'query' })
  expect([resource, points, isWrite]).toEqual(['graphql', 1, false])
})
