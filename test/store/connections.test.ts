import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '../../src/model/store.ts'
import { newConnection, openTestStore } from './test-store.ts'

let store: Store
beforeEach(async () => {
  store = await openTestStore(':memory:')
})
afterEach(() => store.close())

describe('connections', () => {
  it('are found by id, installation and organization', async () => {
    const saved = await store.connections.save(newConnection(1), 10)
    expect(saved).toEqual({ ...newConnection(1), id: 1, status: 'active', createdAt: 10 })
    expect(await store.connections.get(1)).toEqual(saved)
    expect(await store.connections.byInstallation(70_001)).toEqual(saved)
    expect(await store.connections.byOrganization('app', 1)).toEqual(saved)
    expect(await store.connections.byOrganization('token', 1)).toBeNull()
    expect(await store.connections.list()).toEqual([saved])
  })

  it('stay the same through uninstalling and installing again', async () => {
    await store.connections.save(newConnection(1), 10)
    await store.connections.setStatus(1, 'uninstalled')
    const again = await store.connections.save({ ...newConnection(1), login: 'renamed', installationId: 5 }, 20)
    expect(again).toMatchObject({ id: 1, status: 'active', login: 'renamed', installationId: 5, createdAt: 10 })
    expect(await store.connections.byInstallation(70_001)).toBeNull()
  })

  it('change their login and status', async () => {
    await store.connections.save(newConnection(1), 10)
    await store.connections.setLogin(1, 'acme')
    await store.connections.setStatus(1, 'suspended')
    expect(await store.connections.get(1)).toMatchObject({ login: 'acme', status: 'suspended' })
  })

  it('of token and App are two for one organization', async () => {
    await store.connections.save(newConnection(1), 10)
    const byToken = await store.connections.save({ ...newConnection(1), kind: 'token', installationId: null }, 10)
    expect(byToken.id).toBe(2)
    expect(await store.connections.token(2)).toBeNull()
    await store.connections.setToken(2, 'ghp_secret')
    expect(await store.connections.token(2)).toBe('ghp_secret')
    expect(await store.connections.token(1)).toBeNull()
  })
})

describe('hooks', () => {
  it('are kept with their secret and how their ping stands', async () => {
    await store.connections.save(newConnection(1), 10)
    const none = { askedAt: null, receivedAt: null, guid: null, provedFor: null }
    const made = await store.hooks.make({ id: 'h1', connectionId: 1, secret: 's3cret', createdAt: 20 })
    expect(made).toEqual({ id: 'h1', connectionId: 1, githubId: null, ping: none, createdAt: 20 })
    await store.hooks.setGitHubId(1, 'h1', 77)
    await store.hooks.setPing(1, 'h1', { askedAt: 30, guid: 'g0', provedFor: '2026-01-01T00:00:00Z' })
    await store.hooks.setPing(1, 'h1', { receivedAt: 40, provedFor: null })
    await store.hooks.setPing(1, 'h1', {})
    const ping = { askedAt: 30, receivedAt: 40, guid: 'g0', provedFor: null }
    expect(await store.hooks.find('h1')).toEqual({ hook: { ...made, githubId: 77, ping }, secret: 's3cret' })
    expect(await store.hooks.secret(1, 'h1')).toBe('s3cret')
    expect(await store.hooks.list(1)).toEqual([{ ...made, githubId: 77, ping }])
    await store.hooks.remove(1, 'h1')
    expect(await store.hooks.find('h1')).toBeNull()
    expect(await store.hooks.secret(1, 'h1')).toBeNull()
  })
})
