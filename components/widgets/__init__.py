"""Pieces of HTML that several pages share: functions from values of `studio.core` to escaped markup."""
