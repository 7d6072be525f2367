import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Project {
  id: string
  root_asset_id: string
}

/** Somebody with an account, who can also act without a browser. */
export interface Person {
  email: string
  call<T>(method: string, path: string, body?: object): Promise<T>
  createProject(name: string): Promise<Project>
  /** Uploads a file and waits until it can be played; answers its id. */
  upload(path: string, folderId: string): Promise<string>
}

export function signUp(web: string, name: string, password: string): Promise<Person> {
  const email = `${name.toLowerCase()}@example.com`
  return comeIn(web, email, '/session/sign_up', { name, email, password })
}

/** Comes in by a mailed invitation, as its page does. */
export function acceptInvitation(
  web: string,
  link: string,
  who: { name: string; email: string; password: string },
): Promise<Person> {
  const { name, email, password } = who
  const token = new URL(link).hash.slice(1)
  return comeIn(web, email, '/session/invitation/accept', { token, name, password })
}

async function comeIn(web: string, email: string, way: string, body: object): Promise<Person> {
  const answer = await fetch(web + way, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-rushes-client': 'test' },
    body: JSON.stringify(body),
  })
  assert.equal(answer.status, 200, await answer.clone().text())
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const json = body && { 'content-type': 'application/json' }
    const headers = { cookie, 'x-rushes-client': 'test', ...json }
    const response = await fetch(web + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    assert.equal(response.status, 200, `${method} ${path}: ${await response.clone().text()}`)
    return (await response.json()) as T
  }

  async function createProject(title: string): Promise<Project> {
    const [team] = await call<{ id: string }[]>('GET', '/v2/teams')
    return call<Project>('POST', `/v2/teams/${team?.id}/projects`, { name: title })
  }

  async function upload(path: string, folderId: string): Promise<string> {
    const bytes = await readFile(path)
    const about = { type: 'file', name: basename(path), filesize: bytes.length, filetype: 'video/mp4' }
    const asset = await call<{ id: string; upload_urls: string[] }>(
      'POST',
      `/v2/assets/${folderId}/children`,
      about,
    )
    assert.equal(asset.upload_urls.length, 1)
    const put = await fetch(asset.upload_urls[0] ?? '', {
      method: 'PUT',
      body: bytes,
      headers: { 'content-type': 'video/mp4' },
    })
    assert.equal(put.status, 200)
    while ((await call<{ status: string }>('GET', `/v2/assets/${asset.id}`)).status !== 'transcoded')
      await wait(100)
    return asset.id
  }

  return { email, call, createProject, upload }
}
