import { PasswordHasher } from '@rushes/auth'

/** One hasher a process: its bound on hashes at once only holds when everybody uses it. */
export const passwords = new PasswordHasher()
