import { PasswordHasher, TooBusyError } from '@rushes/auth'
import { z } from 'zod'
import { CoreError } from '../errors.ts'

/** One hasher a process: its bound on hashes at once only holds when everybody uses it. */
const passwords = new PasswordHasher()

/** A password that somebody chooses. */
export const newPassword = () => z.string().min(8, 'must have at least 8 characters').max(1024)

/** Hashes a password. Throws `unavailable` when too many wait already. */
export function hashPassword(password: string): Promise<string> {
  return unlessBusy(() => passwords.hash(password))
}

/** Whether `password` made `stored`; null takes as long and is false. Throws `unavailable` when too many wait already. */
export function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  return unlessBusy(() => passwords.verify(password, stored))
}

async function unlessBusy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TooBusyError)
      throw new CoreError('unavailable', { retryAfterSeconds: 2, cause: error })
    throw error
  }
}
