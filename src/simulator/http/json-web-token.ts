import { verify } from 'node:crypto'
import type { App } from '../app.ts'
import type { World } from '../world.ts'
import { Refusal } from './refusal.ts'

const unauthorized = (message: string): Refusal => new Refusal(401, message)

const undecodable = 'A JSON web token could not be decoded'
const notInTheFuture =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
const notIssuedYet = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
const tooFar = "'Expiration time' claim ('exp') is too far in the future"

function part(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString())
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Answered below, as everything that is no JWT.
  }
  throw unauthorized(undecodable)
}

const issuer = (world: World, iss: unknown): App | undefined =>
  [...world.apps.values()].find((app) => String(iss) === String(app.id) || iss === app.clientId)

const maximum = 10 * 60

/**
 * The App that signed the JWT. Throws GitHub's own words when it is forged, expired, good for more than ten minutes, or
 * issued in the future
 * (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
 */
export function appOfJwt(world: World, jwt: string): App {
  const [header, claims, signature, ...rest] = jwt.split('.')
  if (part(header).alg !== 'RS256' || rest.length > 0) throw unauthorized(undecodable)
  const { iss, exp, iat } = part(claims)
  const app = issuer(world, iss)
  if (!app) throw new Refusal(404, 'Integration not found')
  const signed = Buffer.from(`${header}.${claims}`)
  const genuine = verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature ?? '', 'base64url'))
  if (!genuine) throw unauthorized(undecodable)
  const now = world.now() / 1000
  if (typeof exp !== 'number' || exp <= now) throw unauthorized(notInTheFuture)
  if (typeof iat !== 'number' || !Number.isInteger(iat) || iat > now) throw unauthorized(notIssuedYet)
  if (exp > now + maximum) throw unauthorized(tooFar)
  return app
}
