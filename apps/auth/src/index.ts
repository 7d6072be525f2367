export { PasswordHasher, TooBusyError } from './password.ts'
export { checkToken, hashToken, newCode, newToken, type TokenKind } from './token.ts'
