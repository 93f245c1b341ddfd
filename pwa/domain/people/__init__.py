"""Accounts, roles, sessions, passkeys and enrolments."""
